import datetime as dt
import json

import pytest
from django.utils import timezone
from django.utils.translation import override

from attendance.services.publishing import publish
from attendance.speaking import marks_of
from meetings.models import ProgrammeVersion
from meetings.programme import VISITOR, Eyes
from meetings.versions import standing_of, unpublished_changes
from participants.models import Participant
from tests.factories import MeetingFactory, PartFactory, ProgrammeVersionFactory, SessionFactory

pytestmark = pytest.mark.django_db

OFFICE = Eyes(sees_all=True)
CHANGED = "“Opening”: who speaks has changed."


@pytest.fixture
def dublin():
    return MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2026, 11, 24))


@pytest.fixture
def opening(dublin):
    return SessionFactory(meeting=dublin, title_en="Opening", title_fr="Ouverture", published=False)


@pytest.fixture
def speaker(dublin, opening):
    """Published: one participant speaks."""
    part = PartFactory(session=opening, participant__family_name="Orrin")
    keep(dublin)
    return part


def keep(meeting):
    return publish(meeting=meeting, stage="provisional", at=timezone.now(), by=None)


def lines(meeting, eyes=OFFICE):
    return [line for change in unpublished_changes(meeting, marks_of(meeting)) for line in change.lines(eyes)]


def test_same_speakers_are_no_change(dublin, speaker):
    assert lines(dublin) == []


def test_another_speaker_is_a_change(dublin, opening, speaker):
    PartFactory(session=opening, guest=True)

    assert lines(dublin) == [CHANGED]


def test_row_that_goes_to_somebody_else_is_a_change(dublin, opening):
    part = PartFactory(session=opening, guest=True)
    keep(dublin)
    part.guest_name = "Bo Ek"
    part.save()

    assert lines(dublin) == [CHANGED]


def test_other_role_is_a_change_and_other_order_is_none(dublin, speaker):
    speaker.order = 9
    speaker.save()
    same = lines(dublin)
    speaker.role = "2_moderator"
    speaker.save()

    assert (same, lines(dublin)) == ([], [CHANGED])


def test_row_made_again_for_the_same_person_is_no_change(dublin, opening, speaker):
    speaker.delete()
    PartFactory(session=opening, participant=speaker.participant)

    assert lines(dublin) == []


def test_speaker_who_withdraws_is_a_change(dublin, speaker):
    Participant.objects.update(state=Participant.State.WITHDRAWN)

    assert lines(dublin) == [CHANGED]


def test_speaker_who_becomes_protected_is_no_change(dublin, speaker):
    Participant.objects.update(is_protected=True, alias="Expert K.")

    assert lines(dublin) == []


def test_under_the_chatham_house_rule_nothing_is_told_of_speakers(dublin, opening, speaker):
    opening.is_chatham_house = True
    opening.save()
    PartFactory(session=opening, guest=True)

    assert lines(dublin) == []


def test_of_a_closed_session_only_those_entitled_learn_it(dublin, opening):
    opening.kind = "closed"
    opening.save()
    keep(dublin)
    PartFactory(session=opening, guest=True)

    assert (lines(dublin), lines(dublin, VISITOR)) == ([CHANGED], [])


def test_version_from_before_marks_were_kept_says_nothing(dublin, opening):
    ProgrammeVersionFactory(meeting=dublin)
    PartFactory(session=opening)

    assert lines(dublin) == []


def test_public_reads_that_speakers_changed_once_it_is_published(dublin, opening, speaker):
    PartFactory(session=opening, guest=True)
    keep(dublin)

    with override("fr"):
        french = standing_of(dublin).changes
    assert (standing_of(dublin).changes, french) == ((CHANGED,), ("«\u202fOuverture\u202f»\u202f: les intervenants ont changé.",))


def test_version_holds_neither_names_nor_keys_of_people(dublin, opening, speaker):
    PartFactory(session=opening, guest=True)
    keep(dublin)
    kept = json.dumps(ProgrammeVersion.objects.first().snapshot)
    [session] = ProgrammeVersion.objects.first().snapshot

    assert [word in kept for word in ("Orrin", "Marchetti", speaker.participant.reference, "participant")] == [False] * 4
    assert [len(mark) for mark in session["marks"]] == [8, 8]


@pytest.mark.parametrize("number", [1, 4])
def test_marks_take_one_query(dublin, number, django_assert_num_queries):
    PartFactory.create_batch(number, session__meeting=dublin)

    with django_assert_num_queries(1):
        marks_of(dublin)
