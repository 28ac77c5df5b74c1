"""Whom a sheet expects agrees with whom the door lets in."""

import pytest

from attendance.entry import reason_against
from attendance.printing.audience import people_of
from tests.factories import AdmissionFactory, PartFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db

SESSIONS = {
    "open": {},
    "open to a family": {"families": ["judiciary"]},
    "open to a category": {"categories": ["host"]},
    "closed": {"kind": "closed", "families": ["law_enforcement"]},
    "closed to a family and a category": {"kind": "closed", "families": ["law_enforcement"], "categories": ["member_state"]},
    "closed to all": {"kind": "closed"},
}


@pytest.mark.parametrize("fields", SESSIONS.values(), ids=SESSIONS)
def test_sheets_and_doors_agree(meeting, fields):
    session = SessionFactory(meeting=meeting, **fields)
    people = [
        ParticipantFactory(meeting=meeting, sector__code=sector, category=category)
        for sector in ("police", "prosecutor")
        for category in ("member_state", "host")
    ]
    AdmissionFactory(session=session, participant=people[3])
    PartFactory(session=session, participant=people[2])

    expected = {person.pk for person in people if reason_against(session, person) is None}

    assert {person.pk for person in people_of(session, "en")} == expected
