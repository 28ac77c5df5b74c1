import itertools

import pytest

from attendance.entrance import entrants
from attendance.entry import reason_against
from meetings.models import Session
from tests.factories import AdmissionFactory, PartFactory, ParticipantFactory, SectorFactory, SessionFactory

pytestmark = pytest.mark.django_db


def test_the_list_of_a_device_and_the_rule_for_one_person_agree(meeting):
    sessions = [
        SessionFactory(meeting=meeting, kind=kind, families=families, categories=categories)
        for kind, families, categories in itertools.product(
            [Session.Kind.PLENARY, Session.Kind.CLOSED], [[], ["judiciary"]], [[], ["member_state"]]
        )
    ]
    people = [
        ParticipantFactory(meeting=meeting, sector=SectorFactory(code=code), category=category)
        for code, category in itertools.product(["police", "judge"], ["member_state", "academia"])
    ]
    named = ParticipantFactory(meeting=meeting)
    for session in sessions[::2]:
        AdmissionFactory(session=session, participant=named)
        PartFactory(session=session, participant=people[0])
    everybody = [*people, named]

    found = entrants(sessions, everybody, meeting)

    for session in sessions:
        may = [person.pk for person in everybody if reason_against(session, person) is None]
        assert found.get(session.pk, [person.pk for person in everybody]) == may
