"""What leaves the site: lists, mails and calendar files, made from text that would harm whoever opens them.

The text stands in the database as if every form had let it pass.
"""

import csv
import io
import re
import zipfile

import pytest
from django.core import mail as post
from icalendar import Calendar

from correspondence import kinds, outbox
from correspondence.delivery import deliver
from meetings.models import Meeting
from participants.exports import PURPOSES
from participants.models import Participant
from tests.factories import publish
from tests.security.canaries import plant
from tests.security.world import World

pytestmark = [pytest.mark.urls("tests.pompidou.demo_urls"), pytest.mark.django_db]

EXPORT = "/admin/participants/participant/export.csv"
FORMULA = re.compile(r"^[\s\"'`‘’“”«»\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]*(?<!^')[=+\-@＝＋－＠\t\r\n]")
STEERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
BREAKS = "=vogel\r\nBcc: vogel@evil.example\r\n\r\n\u202e<kanari>\x1b[31m"
FORMULAS = [
    "=HYPERLINK(0)",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    pytest.param("\x00=1", marks=pytest.mark.sqlite),  # PostgreSQL keeps no such text
    "＝1",
    "\u202e=1",
    " \u200b=1",
    '"=1',
    "<r><t>=1</t></r>",
    "\ufeff=1",
    "x\x1b]0;y",
]


@pytest.fixture
def world():
    return World()


def unsafe_cells(response):
    """Cells of a CSV or XLSX file that a spreadsheet program would run, or that steer what is read."""
    if response.headers["Content-Type"].startswith("text/csv"):
        cells = [cell for row in csv.reader(io.StringIO(response.body.decode("utf-8-sig"), newline="")) for cell in row]
    else:
        book = zipfile.ZipFile(io.BytesIO(response.body))
        sheets = [book.read(name).decode() for name in book.namelist() if "sheet" in name or "sharedStrings" in name]
        assert not [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet or "hyperlink" in sheet]
        cells = [cell for sheet in sheets for cell in re.findall(r"<t[^>]*>(.*?)</t>", sheet, re.DOTALL)]
    assert len(cells) > 5
    return [cell for cell in cells if (FORMULA.match(cell) and not cell.startswith("'")) or STEERS.search(cell)]


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_no_list_of_participants_holds_a_formula(world, text):
    assert plant(text) > 50
    common = {"meeting": world.names["meeting"], "language": "en", "separator": ",", "protected_names": "on", "reason": "Asked by the host"}
    files = {
        (key, format): world.ask("administrator", "POST", EXPORT, {**common, "purpose": key, "format": format})
        for key in PURPOSES
        for format in ("csv", "xlsx")
        if key in {"full", "catering"} and (format == "csv" or key == "full")
    }

    assert [response.headers["Content-Disposition"].split(";")[0] for response in files.values()] == ["attachment"] * len(files)
    assert {name: unsafe_cells(response) for name, response in files.items() if unsafe_cells(response)} == {}


def other_lists(world):
    """Every other answer that is a list, by address: found, not named."""
    asked = [("GET", "/admin/privacy/record.csv"), ("POST", "/admin/audit/export.csv")]
    return {address: world.ask("administrator", method, address) for method, address in asked}


@pytest.mark.parametrize("text", FORMULAS[:4] + FORMULAS[9:11], ids=ascii)
def test_no_other_list_holds_a_formula(world, text):
    assert plant(text) > 50

    lists = other_lists(world)

    assert {response.status_code for response in lists.values()} == {200}
    assert {address: unsafe_cells(response) for address, response in lists.items() if unsafe_cells(response)} == {}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", [kind.key for kind in kinds.with_templates()])
def test_no_mail_gets_a_header_or_a_tag_from_what_was_typed(kind, language):
    values = {name: f"{BREAKS}{name}" for name in kinds.get(kind).placeholders}

    message = outbox.put(kind=kind, to="siobhan@garda.example", language=language, values=values, dedup_key=f"test:{kind}")
    deliver(message.pk)

    [sent] = post.outbox
    whole = sent.message()
    assert whole["To"] == "siobhan@garda.example"
    assert sorted(whole.keys()) == sorted(
        ["Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "Content-Language"]
    )
    assert sent.recipients() == ["siobhan@garda.example"]
    assert not re.search(r"[\r\n]", sent.subject)
    html = sent.alternatives[0][0]
    assert "<kanari" not in html
    assert html.count("<a ") - html.count('href="http://testserver') == 0


def test_a_calendar_file_gets_no_event_from_what_was_typed(world):
    assert plant("x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTACH:file:///etc/passwd\r\n") > 50
    meeting = Meeting.objects.get(pk=world.names["meeting"])
    publish(meeting)

    response = world.ask("visitor", "GET", f"/meetings/{meeting.slug}/programme.ics")

    assert response.status_code == 200
    calendar = Calendar.from_ical(response.body)
    assert len(calendar.events) == meeting.sessions.count()
    assert [part.name for part in calendar.walk() if part.name not in {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"}] == []
    assert b"\nATTACH" not in response.body


def test_file_names_are_made_by_us(world):
    assert plant('../"<kanari>\r\nX: y') > 50
    Participant.objects.update(given_name="../../etc/passwd")

    names = [response.headers["Content-Disposition"] for response in other_lists(world).values()]
    names.append(
        world.ask(
            "administrator",
            "POST",
            EXPORT,
            {"meeting": world.names["meeting"], "purpose": "full", "format": "csv", "language": "en", "separator": ","},
        ).headers["Content-Disposition"]
    )

    assert [name for name in names if not re.fullmatch(r'attachment; filename="[a-z0-9.-]+"', name)] == []
