"""python -m pompidou.demo: two processes that start, answer and end together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.project.source import ROOT


@pytest.fixture
def port():
    """A port that was free a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def environment(tmp_path, port):
    """What ``make demo`` sets, with a folder of its own."""
    of_the_tests = {"DJANGO_SETTINGS_MODULE", "BASE_URL", "ALLOWED_HOSTS", "CACHE_URL", "DATABASE_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in of_the_tests}
    return {**kept, "DEMO": "1", "DEBUG": "1", "SECRET_KEY": "demo-only-" * 5, "VAR_DIR": str(tmp_path), "PORT": str(port)}


def nobody_listens(port):
    with socket.socket() as visitor:
        return visitor.connect_ex(("127.0.0.1", port)) != 0


def answer(address, body=None):
    """The status and the page of an address that answers with an error."""
    request = urllib.request.Request(address, body, {"Cookie": "csrftoken=" + "a" * 32})  # noqa: S310  an address on this machine
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=10)  # noqa: S310  an address on this machine
    with refusal.value as page:
        return page.status, page.read().decode()


def run(environment, *arguments):
    return subprocess.run([sys.executable, "-m", "pompidou.demo", *arguments], env=environment, capture_output=True, text=True, timeout=60)


def test_a_taken_port_is_said_with_one_that_is_free(environment, port):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen()
        outcome = run(environment)

    first, _, rest = outcome.stderr.strip().partition(". ")
    assert outcome.returncode == 1
    assert first == f"Port {port} is taken by another program"
    assert rest.startswith("Use a free one: make demo PORT=")


def test_a_port_that_is_none_is_said(environment):
    outcome = run(environment, "eighty")

    assert outcome.returncode == 1
    assert outcome.stderr.strip() == "'eighty' is not a port. Use a number such as 8000: make demo PORT=8000"


def test_a_check_answers_without_starting_anything(environment, port):
    outcome = run(environment, "--check")

    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")
    assert nobody_listens(port)


def test_make_asks_for_the_port_before_it_writes_anything():
    recipe = (ROOT / "Makefile").read_text().partition("\ndemo:")[2].partition("\n\n")[0]
    steps = [line.partition("python ")[2] for line in recipe.splitlines()[1:]]

    assert steps[:2] == ["-m pompidou.demo --check", "manage.py migrate --verbosity 0"]


def test_without_the_demo_s_variables_it_names_the_command_to_run(environment):
    outcome = run({**environment, "DEMO": ""})

    assert outcome.returncode == 1
    assert outcome.stderr.strip() == "This serves the demo, whose variables are not set. Run `make demo` instead."


def test_a_fault_shows_the_site_s_own_page_and_its_traceback_stays_in_the_terminal(environment):
    program = """
from django.test import Client
from pompidou.demo import wsgi
response = Client(raise_request_exception=False).get("/", headers={"host": "127.0.0.1"})  # there is no table
print(response.status_code, response.content.decode())
"""
    outcome = subprocess.run([sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert outcome.stdout.startswith("503 "), outcome.stderr
    assert "The site is busy" in outcome.stdout
    assert "OperationalError" not in outcome.stdout
    assert "django.db.utils.OperationalError: no such table" in outcome.stderr


def test_when_one_process_ends_so_does_the_other(environment, port):
    outcome = run(environment)  # there is no database, so the worker cannot live

    assert outcome.returncode == 1
    assert outcome.stderr.strip().splitlines()[-1].startswith("The worker process ended by itself")
    assert nobody_listens(port)


def test_it_serves_until_it_is_told_to_stop(environment, port):
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=environment, check=True, timeout=60)
    with subprocess.Popen([sys.executable, "-m", "pompidou.demo"], env=environment, stdout=subprocess.PIPE, text=True) as server:
        lines = []
        while not lines or "Press Ctrl-C" not in lines[-1]:
            lines.append(server.stdout.readline())
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/demo/", timeout=10) as page:
            status = page.status
        unknown = answer(f"http://127.0.0.1:{port}/nope/")
        refused = answer(f"http://127.0.0.1:{port}/accounts/login/", b"x=&" * 6000)
        server.send_signal(signal.SIGTERM)
        started = time.monotonic()
        code = server.wait(20)

    assert (status, code) == (200, 0)
    assert unknown[0] == 404
    assert "There is no page at this address" in unknown[1]
    assert 'href="/demo/"' in unknown[1]
    assert refused[0] == 400
    assert "We did not understand that" in refused[1]
    assert time.monotonic() - started < 15
    assert any(f"http://127.0.0.1:{port}/demo/mails/" in line for line in lines)
    assert nobody_listens(port)
