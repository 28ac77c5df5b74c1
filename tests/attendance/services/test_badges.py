"""One valid badge for each person with a place; made again, the old code dies."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from attendance.models import Badge
from attendance.services.badges import make_badge_again, make_badges
from participants import errors
from tests.factories import BadgeFactory, ParticipantFactory, in_days

pytestmark = pytest.mark.django_db
AT = in_days(-1)


def test_a_badge_is_made_for_whoever_has_none(registration, secretariat):
    [badge] = make_badges(participants=[registration], by=secretariat, at=AT)

    assert (badge.participant, badge.made_by, badge.made_at, badge.voided_at) == (registration, secretariat, AT, None)
    assert re.fullmatch(r"[0-9A-F]{32}", badge.code)


def test_a_valid_badge_is_used_again(registration, secretariat):
    badge = BadgeFactory(participant=registration)

    assert make_badges(participants=[registration], by=secretariat) == [badge]


def test_a_void_badge_is_not_used_again(registration, secretariat):
    void = BadgeFactory(participant=registration, void=True)

    [badge] = make_badges(participants=[registration], by=secretariat)

    assert badge.code != void.code


def test_badges_come_in_the_order_asked_for(meeting, secretariat):
    first, second, third = (ParticipantFactory(meeting=meeting) for _ in range(3))
    BadgeFactory(participant=second)

    badges = make_badges(participants=[third, second, first, third], by=secretariat)

    assert [badge.participant_id for badge in badges] == [third.pk, second.pk, first.pk]


@pytest.mark.parametrize("state", ["unconfirmed", "pending", "waitlisted", "declined", "withdrawn"])
def test_nobody_without_a_place_gets_a_badge(meeting, secretariat, state):
    person = ParticipantFactory(meeting=meeting, **{state: True})

    assert make_badges(participants=[person], by=secretariat) == []


def test_nobody_who_was_erased_gets_a_badge(registration, secretariat):
    registration.family_name = ""
    registration.save()

    assert make_badges(participants=[registration], by=secretariat) == []


def test_the_number_of_queries_does_not_grow_with_the_people(meeting, secretariat, django_assert_num_queries):
    people = [ParticipantFactory(meeting=meeting) for _ in range(30)]

    with django_assert_num_queries(5):
        make_badges(participants=people, by=secretariat)


def test_made_again_the_old_code_dies(registration, secretariat):
    old = BadgeFactory(participant=registration)

    new = make_badge_again(participant=registration, by=secretariat, at=AT)

    old.refresh_from_db()
    assert (old.voided_at, new.voided_at, new.made_by) == (AT, None, secretariat)
    assert new.code != old.code
    assert list(Badge.objects.valid().filter(participant=registration)) == [new]


def test_made_again_leaves_a_trace(registration, secretariat):
    make_badge_again(participant=registration, by=secretariat)

    [entry] = LogEntry.objects.all()
    assert (entry.user, entry.object_id, entry.object_repr) == (secretariat, str(registration.pk), registration.reference)
    assert entry.change_message == "Badge made again; the one before opens nothing."


def test_whoever_lost_the_place_gets_no_other_badge(meeting, secretariat):
    person = ParticipantFactory(meeting=meeting, withdrawn=True)
    badge = BadgeFactory(participant=person)

    with pytest.raises(errors.WrongState):
        make_badge_again(participant=person, by=secretariat)

    badge.refresh_from_db()
    assert badge.voided_at is None


def test_the_payload_fits_the_small_alphabet_of_qr_codes(registration):
    badge = BadgeFactory(participant=registration)

    assert re.fullmatch(r"PG:[0-9A-F]{32}", badge.payload)
