"""Offers of places: made, accepted, refused, lapsed, and never two for one place."""

import datetime as dt

import pytest
from django.utils import timezone

from correspondence.models import Message
from participants import errors, services
from participants.models import Offer, Participant, PersonalLink
from tests.factories import MeetingFactory, OfferFactory, ParticipantFactory
from tests.participants.services.words import HOUR, mails_to, state_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LONG_AGO = NOW - dt.timedelta(days=9)


@pytest.fixture
def full():
    """A meeting with one place that holds it for a day for whoever is next; returns it and who has the place."""
    meeting = MeetingFactory(capacity=1, offer_hours=24)
    return meeting, ParticipantFactory(meeting=meeting)


def waiting(meeting, hours=0, **fields):
    return ParticipantFactory(meeting=meeting, waitlisted=True, registered_at=LONG_AGO + hours * HOUR, **fields)


def answers(person):
    return list(Offer.objects.filter(participant=person).order_by("pk").values_list("answer", flat=True))


# --- offering ---


def test_a_place_that_comes_free_is_offered_to_the_next_in_line(full):
    meeting, leaving = full
    second, first = waiting(meeting, 2), waiting(meeting, 1)

    services.withdraw(participant=leaving, by=leaving.user, at=NOW)

    assert (state_of(first), mails_to(first), mails_to(second)) == ("waitlisted", ["offer"], [])
    assert [offer.lapses_at - offer.offered_at for offer in Offer.objects.all()] == [24 * HOUR]


def test_an_offered_place_is_taken(full):
    meeting, leaving = full
    waiting(meeting)
    services.withdraw(participant=leaving, by=leaving.user, at=NOW)
    newcomer = ParticipantFactory(meeting=meeting, pending=True)

    services.approve(participant=newcomer, by=None, at=NOW)

    assert (state_of(newcomer), services.free_places(meeting)) == ("waitlisted", 0)


def test_members_are_asked_before_companies(full):
    meeting, leaving = full
    company, member = waiting(meeting, 0, category="private_sector"), waiting(meeting, 5)

    services.withdraw(participant=leaving, by=leaving.user, at=NOW)

    assert (answers(company), answers(member)) == ([], [""])


def test_more_places_are_offered_to_as_many(full):
    meeting, _ = full
    people = [waiting(meeting, hour) for hour in range(3)]
    type(meeting).objects.filter(pk=meeting.pk).update(capacity=3)

    called = services.fill_free_places(meeting=meeting, by=None, at=NOW)

    assert [person.pk for person in called] == [people[0].pk, people[1].pk]
    assert [answers(person) for person in people] == [[""], [""], []]


def test_an_offer_ends_when_the_meeting_begins(full):
    meeting, leaving = full
    person = waiting(meeting)

    services.withdraw(participant=leaving, by=leaving.user, at=meeting.begins_at - 3 * HOUR)

    assert person.offers.get().lapses_at == meeting.begins_at


def test_nobody_is_called_up_once_the_meeting_has_begun(full):
    meeting, leaving = full
    person = waiting(meeting)

    services.withdraw(participant=leaving, by=leaving.user, at=meeting.begins_at)

    assert (answers(person), mails_to(person)) == ([], [])


def test_somebody_without_an_address_gets_the_place_unasked(full):
    meeting, leaving = full
    person = waiting(meeting, email="", user=None)

    services.withdraw(participant=leaving, by=leaving.user, at=NOW)

    assert (state_of(person), answers(person)) == ("confirmed", [])


# --- answering ---


def test_who_accepts_has_the_place_and_is_told(full):
    meeting, leaving = full
    person = waiting(meeting)
    services.withdraw(participant=leaving, by=leaving.user, at=NOW)

    services.accept_offer(participant=person, by=person.user, at=NOW + HOUR)
    services.accept_offer(participant=person, by=person.user, at=NOW + 2 * HOUR)  # a second click

    assert (state_of(person), answers(person), mails_to(person)) == ("confirmed", ["accepted"], ["offer", "confirmed"])
    assert services.free_places(meeting) == 0


def test_who_refuses_is_withdrawn_and_the_next_is_asked(full):
    meeting, leaving = full
    first, second = waiting(meeting, 0), waiting(meeting, 1)
    services.withdraw(participant=leaving, by=leaving.user, at=NOW)

    services.refuse_offer(participant=first, by=first.user, at=NOW + HOUR)

    assert (state_of(first), answers(first), mails_to(first)) == ("withdrawn", ["refused"], ["offer", "withdrawn"])
    assert (answers(second), mails_to(second)) == ([""], ["offer"])


def test_who_withdraws_has_refused(full):
    meeting, leaving = full
    first, second = waiting(meeting, 0), waiting(meeting, 1)
    services.withdraw(participant=leaving, by=leaving.user, at=NOW)

    services.withdraw(participant=first, by=first.user, at=NOW + HOUR)

    assert (answers(first), answers(second)) == (["refused"], [""])


def test_the_secretariat_may_give_the_place_that_is_held_to_whom_it_is_held_for(full, secretary):
    meeting, leaving = full
    first, second = waiting(meeting, 0), waiting(meeting, 1)
    services.withdraw(participant=leaving, by=leaving.user, at=NOW)

    with pytest.raises(errors.MeetingFull):
        services.approve(participant=second, by=secretary, at=NOW)
    services.approve(participant=first, by=secretary, at=NOW)

    assert (state_of(first), answers(first), state_of(second)) == ("confirmed", ["ended"], "waitlisted")


def test_who_is_declined_frees_the_place_that_was_held(full, secretary):
    meeting, leaving = full
    first, second = waiting(meeting, 0), waiting(meeting, 1)
    services.withdraw(participant=leaving, by=leaving.user, at=NOW)

    services.decline(participant=first, by=secretary, reason="Places are limited.", at=NOW)

    assert (answers(first), answers(second)) == (["ended"], [""])


def test_who_needs_no_place_any_more_frees_the_one_that_was_held(full, secretary):
    meeting, leaving = full
    first, second = waiting(meeting, 0), waiting(meeting, 1)
    services.withdraw(participant=leaving, by=leaving.user, at=NOW)

    services.correct_by_hand(participant=first, changes={"category": "interpreter"}, by=secretary, at=NOW)

    assert answers(second) == [""]


def test_nothing_is_accepted_that_was_not_offered(full):
    person = waiting(full[0])

    with pytest.raises(errors.NothingOffered):
        services.accept_offer(participant=person, by=person.user, at=NOW)


# --- lapsing ---


def offered_and_silent(full, *others):
    """Somebody who does not answer for a day and a minute; returns the person and the moment."""
    meeting, leaving = full
    person = waiting(meeting)
    for hour, category in enumerate(others, start=1):
        waiting(meeting, hour, category=category)
    services.withdraw(participant=leaving, by=leaving.user, at=NOW)
    return person, NOW + 24 * HOUR + dt.timedelta(minutes=1)


def test_an_offer_accepted_too_late_goes_to_the_next_and_the_person_stands_at_the_end_of_their_category(full):
    person, late = offered_and_silent(full, "member_state", "private_sector")
    following, company = Participant.objects.filter(meeting=full[0]).waiting_line()[1:]

    with pytest.raises(errors.OfferLapsed):
        services.accept_offer(participant=person, by=person.user, at=late)

    assert (state_of(person), answers(person), answers(following)) == ("waitlisted", ["lapsed"], [""])
    assert list(Participant.objects.filter(meeting=full[0]).waiting_line()) == [following, person, company]
    assert mails_to(person) == ["offer", "offer_lapsed"]


def test_the_sweep_lets_offers_lapse(full):
    person, late = offered_and_silent(full, "member_state")

    assert [services.settle_offers(late - HOUR), services.settle_offers(late), services.settle_offers(late)] == [0, 1, 0]
    assert Offer.objects.running().exclude(participant=person).count() == 1


def test_whoever_asks_for_a_place_meets_offers_that_lapsed(full):
    """No sweep ran; a request under the lock does its work."""
    person, late = offered_and_silent(full, "member_state")
    newcomer = ParticipantFactory(meeting=full[0], pending=True, registered_at=LONG_AGO)

    services.approve(participant=newcomer, by=None, at=late)

    assert (answers(person), state_of(newcomer)) == (["lapsed"], "waitlisted")


def test_who_is_alone_in_line_is_asked_once_more_and_the_late_answer_takes_that_place(full):
    person, late = offered_and_silent(full)

    services.accept_offer(participant=person, by=person.user, at=late)

    assert (state_of(person), answers(person), mails_to(person)) == ("confirmed", ["lapsed", "accepted"], ["offer", "offer", "confirmed"])


def test_where_places_are_no_longer_offered_the_only_one_in_line_simply_gets_it(full):
    meeting, leaving = full
    person = waiting(meeting)
    services.withdraw(participant=leaving, by=leaving.user, at=NOW)
    meeting.offer_hours = 0
    meeting.save()

    services.settle_offers(at=NOW + 25 * HOUR)

    assert (state_of(person), answers(person), mails_to(person)) == ("confirmed", ["lapsed"], ["offer", "confirmed"])


def test_who_lets_two_offers_lapse_is_taken_off_the_list(full):
    person, late = offered_and_silent(full)

    services.settle_offers(late)
    services.settle_offers(late + 25 * HOUR)

    person.refresh_from_db()
    assert (person.state, person.state_reason) == ("withdrawn", "Two offers of a place were not answered.")
    assert (answers(person), mails_to(person)) == (["lapsed", "lapsed"], ["offer", "offer", "withdrawn"])


def test_offers_that_lapsed_before_somebody_came_back_do_not_count(full):
    meeting, leaving = full
    person = waiting(meeting)
    for _ in range(2):
        OfferFactory(participant=person, lapsed=True, offered_at=LONG_AGO, lapses_at=LONG_AGO + HOUR)
    Participant.objects.filter(pk=person.pk).update(registered_at=LONG_AGO + 2 * HOUR)
    services.withdraw(participant=leaving, by=leaving.user, at=NOW)

    services.settle_offers(NOW + 25 * HOUR)

    assert (state_of(person), answers(person)) == ("waitlisted", ["lapsed", "lapsed", "lapsed", ""])


# --- the link ---


def test_the_link_of_an_offer_opens_it_until_the_meeting_has_begun(full):
    meeting = full[0]
    person = waiting(meeting)
    token = PersonalLink.issue(person, purpose="answer_offer", expires_at=meeting.begins_at)

    assert services.find_offer_link(token=token, at=NOW).participant == person
    with pytest.raises(errors.LinkExpired):
        services.find_offer_link(token=token, at=meeting.begins_at)
    with pytest.raises(errors.LinkUnusable):
        services.find_link(token=token, at=NOW)


# --- those who stay without ---


def test_who_still_waits_when_the_meeting_begins_is_told_once():
    meeting = MeetingFactory(running=True, capacity=1)
    person, _ = waiting(meeting), waiting(meeting, email="", user=None)
    ParticipantFactory(meeting=meeting)

    assert [services.tell_left_without_place(), services.tell_left_without_place()] == [1, 0]
    assert mails_to(person) == ["without_place"]


@pytest.mark.parametrize("trait", ["closed", "over"])
def test_before_and_after_the_meeting_nobody_is_told(trait):
    waiting(MeetingFactory(**{trait: True}))

    assert (services.tell_left_without_place(), Message.objects.count()) == (0, 0)
