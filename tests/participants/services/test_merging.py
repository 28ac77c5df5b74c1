"""Putting two registrations of one person together."""

import pytest

from correspondence.models import Message
from participants import errors, services
from participants.models import Consent, Merge, Needs, Note, Participant
from privacy.copies.owner import Owner
from privacy.services.people import person_of
from tests.factories import MeetingFactory, MessageFactory, ParticipantFactory
from tests.participants.services.words import mails_to, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(capacity=5)


@pytest.fixture
def both(meeting):
    """A registration that stays, and another of the same person."""
    return ParticipantFactory(meeting=meeting, function="Inspector"), ParticipantFactory(meeting=meeting, function="Chief inspector")


def fresh(person):
    return Participant.objects.get(pk=person.pk)


def test_what_is_chosen_is_taken_over_and_the_other_gives_way(both, secretary):
    stays, goes = both

    services.merge(survivor=stays, other=goes, taken=["function"], by=secretary)

    assert (fresh(stays).function, state_of(stays)) == ("Chief inspector", "confirmed")
    assert (state_of(goes), fresh(goes).user, fresh(goes).state_reason) == ("withdrawn", None, "")
    assert list(Merge.objects.values_list("survivor", "other", "by", "taken")) == [(stays.pk, goes.pk, secretary.pk, ["function"])]
    assert mails_to(stays) == mails_to(goes) == []


def test_what_hangs_on_it_moves(both, secretary):
    stays, goes = both
    Needs.objects.create(participant=goes, diet="vegan")
    services.add_note(participant=goes, text="Rang.", by=secretary)
    Consent.objects.create(participant=goes, what="photographs", is_given=True, how="form")
    MessageFactory(reference=goes.reference)

    services.merge(survivor=stays, other=goes, by=secretary)

    assert Needs.objects.get().participant == Note.objects.get().participant == stays
    assert list(Consent.objects.filter(participant=goes)) == []
    assert Message.objects.get().reference == stays.reference


def test_its_history_stays(both, secretary):
    stays, goes = both
    before = goes.history.count()

    services.merge(survivor=stays, other=goes, by=secretary)

    assert goes.history.count() > before
    assert goes.history.first().history_change_reason == stays.history.first().history_change_reason == "merged"


def test_a_place_moves_and_none_is_lost_or_won(meeting, secretary):
    meeting.capacity = 1
    meeting.save()
    stays, goes = ParticipantFactory(meeting=meeting, waitlisted=True), ParticipantFactory(meeting=meeting)
    next_in_line = ParticipantFactory(meeting=meeting, waitlisted=True)

    services.merge(survivor=stays, other=goes, by=secretary)

    assert [state_of(one) for one in (stays, goes, next_in_line)] == ["confirmed", "withdrawn", "waitlisted"]


def test_a_place_held_twice_goes_to_the_next_in_line(meeting, both, secretary):
    meeting.capacity, meeting.offer_hours = 2, 0
    meeting.save()
    next_in_line = ParticipantFactory(meeting=meeting, waitlisted=True)

    services.merge(survivor=both[0], other=both[1], by=secretary)

    assert state_of(next_in_line) == "confirmed"


def test_the_account_of_the_chosen_address_stays_and_the_other_is_switched_off(both, secretary):
    stays, goes = both
    earlier = ParticipantFactory(user=stays.user, email=stays.email)
    address = goes.email

    services.merge(survivor=stays, other=goes, taken=["email"], by=secretary)

    goes.user.refresh_from_db()
    stays.user.refresh_from_db()
    assert (fresh(stays).email, fresh(stays).user, fresh(earlier).user) == (address, goes.user, goes.user)
    assert (goes.user.is_active, stays.user.is_active) == (True, False)


def test_an_account_of_the_staff_stays_on(both, secretary):
    stays, goes = both
    goes.user.is_staff = True
    goes.user.save()

    services.merge(survivor=stays, other=goes, by=secretary)

    goes.user.refresh_from_db()
    assert goes.user.is_active


def test_whoever_is_protected_once_stays_so(meeting, secretary):
    stays, goes = ParticipantFactory(meeting=meeting), ParticipantFactory(meeting=meeting, protected=True)

    services.merge(survivor=stays, other=goes, by=secretary)

    assert (fresh(stays).is_protected, fresh(stays).alias) == (True, "Expert K.")


def test_copy_and_erasure_follow_the_merge(both, secretary):
    stays, goes = both

    services.merge(survivor=stays, other=goes, by=secretary)

    assert set(Owner.of_account(stays.user).keys) == set(person_of(stays.user).keys) == {stays.pk, goes.pk}


def test_it_is_not_reopened(both, secretary):
    services.merge(survivor=both[0], other=both[1], by=secretary)

    with pytest.raises(errors.WrongState):
        services.reopen(participant=both[1], by=secretary)


def test_of_two_meetings_the_accounts_become_one(secretary):
    stays, goes = ParticipantFactory(), ParticipantFactory()

    services.merge(survivor=stays, other=goes, by=secretary)

    goes.user.refresh_from_db()
    assert (fresh(goes).user, state_of(goes), goes.user.is_active) == (stays.user, "confirmed", False)


def test_accounts_that_came_to_one_meeting_are_not_united(both, secretary):
    stays, goes = both
    elsewhere = ParticipantFactory(user=goes.user, email=goes.email)

    with pytest.raises(errors.CannotMerge):
        services.merge(survivor=stays, other=elsewhere, by=secretary)


def test_a_withdrawn_one_does_not_swallow_one_that_stands(meeting, secretary):
    stays, goes = ParticipantFactory(meeting=meeting, withdrawn=True), ParticipantFactory(meeting=meeting)

    with pytest.raises(errors.CannotMerge):
        services.merge(survivor=stays, other=goes, by=secretary)


def test_a_merge_that_would_oversell_is_refused(meeting, secretary):
    meeting.capacity = 1
    meeting.save()
    ParticipantFactory(meeting=meeting)
    stays = ParticipantFactory(meeting=meeting, category="secretariat")
    goes = ParticipantFactory(meeting=meeting, pending=True)

    with pytest.raises(errors.MeetingFull):
        services.merge(survivor=stays, other=goes, taken=["category", "country"], by=secretary)
