"""Bodies that no form of ours sends: refused before they are read."""

import io

import pytest
from django.test import Client, RequestFactory

from pompidou.wsgi import application

pytestmark = pytest.mark.django_db

FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nz\xff\r\n--x--'


def send(body, kind, *, path="/accounts/login/", method="POST", **more):
    return Client(raise_request_exception=False).generic(method, path, body, content_type=kind, **more)


def ask_the_program(path, question, kind, body=b""):
    """As the web server asks it, below all that tests of pages stand on; the status."""
    told = []
    environ = RequestFactory().generic("POST" if body else "GET", path, body, content_type=kind).environ
    environ |= {"QUERY_STRING": question, "CONTENT_TYPE": kind}
    list(application(environ, lambda status, headers: told.append(status)))
    return int(told[0][:3])


@pytest.mark.parametrize("kind", [FORM, FILES, "text/plain"])
@pytest.mark.parametrize(
    "charset",
    [
        *("idna", "punycode", "undefined", "utf-7", "utf-16", "unicode_escape", "hex", "zip", "latin-1", "nonsense", "", '"utf-8\r'),
        *("utf-8; charset=idna", "'idna'"),
    ],
)
def test_no_encoding_that_a_client_names_is_an_error_of_ours(kind, charset):
    """Python's own for host names made one out of each form and each question."""
    assert ask_the_program("/accounts/login/", "next=/%C3%A9/%ff", f"{kind}; charset={charset}") == 200
    assert ask_the_program("/accounts/login/", "next=/%C3%A9/%ff", f"{kind}; x=y; CharSet ={charset}", PART) in {403, 400}


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8", '; charset="utf-8"'])
def test_our_own_encoding_is_read(charset):
    assert send(b"login=a@b.example&password=x", FORM + charset).status_code == 200


def test_a_body_larger_than_any_form_is_refused_unread(settings):
    settings.LARGEST_REQUEST = 1000
    body = io.BytesIO(b"x" * 2000)
    request = {"wsgi.input": body, "CONTENT_LENGTH": "2000", "CONTENT_TYPE": FILES, "REQUEST_METHOD": "POST"}

    response = Client().request(PATH_INFO="/accounts/login/", **request)

    assert response.status_code == 400
    assert body.tell() == 0


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"abc"),
        ("multipart/form-data; boundary=" + "x" * 300, b"abc"),
        ("multipart/form-data; boundary=\xff", b"abc"),
        (FILES, b"--x\r\n" + b'Content-Disposition: form-data; name="f"; filename="a"\r\n\r\nz\r\n--x\r\n' * 200 + b"--x--"),
        (FILES, b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--'),
        (FILES, b"--x\r\n" + b"X-A: b\r\n" * 2000 + b"\r\n--x--"),
        ("application/json", b'{"a":' * 50_000),
        (FORM, b"&".join(b"a=%d" % n for n in range(6000))),
        (FORM, b"%" * 5000),
        (FORM, b"\xff\xfe=\x00"),
    ],
)
@pytest.mark.parametrize("path", ["/accounts/login/", "/nowhere/", "/meetings/strasbourg-2026/register/", "/admin/"])
def test_nothing_that_cannot_be_read_is_an_error_of_ours(meeting, kind, body, path):
    assert send(body, kind, path=path).status_code < 500
