import datetime as dt

import pytest
from django.utils import timezone

from attendance.services import calendars
from participants import errors
from participants.models import Participant, PersonalLink
from tests.factories import MeetingFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


def token_of(participant):
    return calendars.subscribe(participant=participant, by=participant.user)


def test_address_finds_whose_calendar_it_is(registration):
    token = token_of(registration)

    assert calendars.subscriber(token=token, at=timezone.now()) == registration


def test_only_a_hash_of_the_token_is_stored(registration):
    token = token_of(registration)

    assert token not in str(PersonalLink.objects.values().get())


def test_a_new_address_ends_the_old_one(registration):
    old = token_of(registration)

    new = token_of(registration)

    assert calendars.subscriber(token=new, at=timezone.now()) == registration
    with pytest.raises(errors.LinkReplaced):
        calendars.subscriber(token=old, at=timezone.now())


def test_an_ended_address_opens_nothing(registration):
    token = token_of(registration)

    ended = calendars.unsubscribe(participant=registration, by=registration.user)

    assert (ended, calendars.subscribed_since(registration, timezone.now())) == (1, None)
    with pytest.raises(errors.LinkRevoked):
        calendars.subscriber(token=token, at=timezone.now())


def test_ending_leaves_links_for_other_purposes(registration):
    other = PersonalLink.Purpose.ANSWER_OFFER
    PersonalLink.issue(registration, purpose=other, expires_at=timezone.now() + dt.timedelta(days=1))

    calendars.unsubscribe(participant=registration, by=registration.user)

    assert PersonalLink.objects.usable(timezone.now()).get().purpose == other


@pytest.mark.parametrize(("days", "opens"), [(29, True), (31, False)])
def test_address_works_until_thirty_days_after_the_meeting(days, opens):
    participant = ParticipantFactory(meeting=MeetingFactory(starts_on=dt.date(2026, 11, 24), ends_on=dt.date(2026, 11, 26)))
    token = token_of(participant)
    at = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC) + dt.timedelta(days=days)

    assert (calendars.subscribed_since(participant, at) is not None) is opens
    if not opens:
        with pytest.raises(errors.LinkExpired):
            calendars.subscriber(token=token, at=at)


@pytest.mark.parametrize("state", [state for state in Participant.State if state not in {"confirmed", "unconfirmed"}])
def test_only_those_with_a_place_get_an_address(registration, state):
    registration.state = state

    with pytest.raises(errors.WrongState):
        token_of(registration)


def test_link_for_another_purpose_is_no_address(registration):
    token = PersonalLink.issue(registration, purpose="answer_offer", expires_at=timezone.now() + dt.timedelta(days=1))

    with pytest.raises(errors.LinkUnusable):
        calendars.subscriber(token=token, at=timezone.now())
