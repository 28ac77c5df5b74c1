import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Look
from tests.factories import DeviceFactory, MeetingFactory, ParticipantFactory, ScanFactory, SessionFactory

LIST = "/admin/attendance/scan/"
FIRST = dt.date(2026, 9, 1)
NINE = dt.datetime(2026, 9, 1, 7, 2, 5, tzinfo=dt.UTC)  # 9.02 and 5 seconds in Strasbourg


@pytest.fixture
def door(db):
    meeting = MeetingFactory(slug="strasbourg-2026", year=2026, starts_on=FIRST, ends_on=FIRST + dt.timedelta(days=1))
    return DeviceFactory(meeting=meeting, name="Door A", made_at=NINE)


@pytest.fixture
def scan(door):
    slow = {"device_at": NINE - dt.timedelta(minutes=4), "offset_ms": 4 * 60_000, "at": NINE, "received_at": NINE}
    return ScanFactory(device=door, participant=ParticipantFactory(meeting=door.meeting, family_name="Orrin"), **slow)


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


def cells(response, column):
    found = re.findall(rf'class="field-{column}[^"]*">(.*?)</td>', response.content.decode())
    return [re.sub(r"<[^>]+>", "", one).strip() for one in found]


def test_a_scan_is_read_with_both_clocks_and_its_answer(office, scan):
    page = office.get(LIST)

    assert cells(page, "person") == [f"Maeve Orrin {scan.participant.reference}"]
    assert cells(page, "slot") == ["1 September, Morning"]
    assert cells(page, "device_clock") + cells(page, "server_clock") == ["1 September, 08:58:05", "1 September, 09:02:05"]
    assert cells(page, "answered") + cells(page, "undone") == ["Welcome", "–"]


def test_the_page_of_a_scan_leaves_a_trace_and_its_list_none(office, scan, secretariat):
    office.get(LIST)
    assert Look.objects.count() == 0

    page = office.get(f"{LIST}{scan.pk}/change/").content.decode()

    assert (str(scan.pk) in page, "4 min slow" in page) == (True, True)
    look = Look.objects.get()
    assert (look.by, look.what, look.reference) == (secretariat, "participant_page", scan.participant.reference)


def test_whose_scans_were_asked_for_leaves_a_trace(office, scan, door):
    ScanFactory(device=door)
    found = office.get(LIST, {"q": scan.participant.reference.lower()})

    assert cells(found, "person") == [f"Maeve Orrin {scan.participant.reference}"]
    assert Look.objects.get().what == "search"


def test_a_protected_person_is_an_alias(office, door):
    hidden = ParticipantFactory(meeting=door.meeting, is_protected=True, alias="Delegate 7", family_name="Canary")
    scan = ScanFactory(device=door, participant=hidden)
    pages = [office.get(LIST), office.get(f"{LIST}{scan.pk}/change/")]

    assert ["Canary" in page.content.decode() for page in pages] == [False, False]
    assert cells(pages[0], "person") == [f"Delegate 7 {hidden.reference}"]


def test_a_code_on_no_badge_is_nobody_with_the_reason(office, door):
    ScanFactory(device=door, participant=None, answer="red", reason="unknown")
    page = office.get(LIST)

    assert cells(page, "person") + cells(page, "answered") == ["–", "Not admitted: This code is on no badge of ours"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("slot=2026-09-01/am", {"morning"}),
        ("slot=2026-09-01/pm", {"afternoon"}),
        ("slot=s{session}", {"workshop"}),
        ("device__id__exact={other}", {"afternoon"}),
        ("answer__exact=amber", {"workshop"}),
        ("undone_at__isempty=0", {"afternoon"}),
        ("device__meeting__id__exact={meeting}&slot=2026-09-01/am", {"morning"}),
        ("slot=2026-13-45/am", set()),
        ("slot=sx", set()),
        ("slot=s%C2%B2", set()),
    ],
)
def test_scans_are_filtered(office, door, query, shown):
    other = DeviceFactory(meeting=door.meeting, name="Door B")
    session = SessionFactory(meeting=door.meeting, title_en="Tokens", starts_at=NINE, ends_at=NINE + dt.timedelta(hours=1))
    rows = {
        "morning": ScanFactory(device=door),
        "afternoon": ScanFactory(device=other, half="pm", undone_at=NINE),
        "workshop": ScanFactory(device=door, session=session, answer="amber", reason="already_in"),
    }
    page = office.get(f"{LIST}?{query.format(session=session.pk, other=other.pk, meeting=door.meeting_id)}")

    numbers = {str(row.pk)[:8]: name for name, row in rows.items()}
    found = re.findall(r'class="field-short_number"><a[^>]*>([0-9a-f]{8})<', page.content.decode())
    assert {numbers[one] for one in found} == shown


def test_nothing_of_a_scan_is_changed(office, scan):
    answers = [office.post(f"{LIST}{scan.pk}/change/", {}), office.post(f"{LIST}{scan.pk}/delete/", {"post": "yes"})]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_the_list_asks_as_often_for_one_as_for_many(office, door):
    asked = []
    for more in (1, 5):
        for _one in range(more):
            ScanFactory(device=door)
        with CaptureQueriesContext(connection) as queries:
            office.get(LIST)
        asked.append(len(queries))

    assert asked[0] == asked[1]
