"""A place handed to a colleague of the same delegation."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from correspondence.models import Message
from delegations.models import Nomination
from participants import errors, services
from participants.models import HandOver, Participant, PersonalLink
from tests.factories import BodyFactory, MeetingFactory, NominationFactory, ParticipantFactory
from tests.participants.services.words import mails_to, state_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = dt.timedelta(days=1)
NUALA = {"given_name": "Nuala", "family_name": "Fallon", "email": "nuala@police.example", "function": "Inspector", "language": "en"}
SAID = {
    "family_name": "Fallon",
    "function": "Chief inspector",
    "visibility": "full",
    "listening_language": "fr",
    "privacy_notice": "2026-1",
}


@pytest.fixture
def holder():
    """Somebody who has the only place of a meeting."""
    return ParticipantFactory(meeting=MeetingFactory(capacity=1))


def ask(holder, at=NOW, **changes):
    return services.hand_over(participant=holder, colleague={**NUALA, **changes}, by=holder.user, at=at)


def token(email=NUALA["email"]):
    body = Message.objects.filter(kind="registration_take_over", to=email).latest("pk").body
    return re.search(r"/take-over/([^/\s]+)/", body)[1]


def take(at=NOW, **answers):
    return services.take_over(token=token(), answers={**SAID, **answers}, needs={"diet": "vegan"}, at=at)


def test_whoever_hands_over_keeps_the_place_until_the_colleague_confirms(holder):
    row = ask(holder)

    assert (state_of(holder), row.to.state, row.ending) == ("confirmed", "unconfirmed", "")
    assert (row.to.name, row.to.function, row.to.country, row.to.category) == ("Nuala Fallon", "Inspector", holder.country, holder.category)
    assert [message.kind for message in Message.objects.all()] == ["registration_take_over"]


def test_the_place_passes_in_one_step_and_counts_once(holder):
    waiting = ParticipantFactory(meeting=holder.meeting, waitlisted=True)
    row = ask(holder)

    colleague = take()

    row.refresh_from_db()
    holder.refresh_from_db()
    assert (holder.state, holder.state_reason, colleague.state, row.ending) == ("withdrawn", "Handed to a colleague.", "confirmed", "taken")
    assert (state_of(waiting), services.free_places(holder.meeting)) == ("waitlisted", 0)
    assert (colleague.user.email, colleague.function, colleague.needs.diet) == (NUALA["email"], "Chief inspector", "vegan")
    assert (mails_to(holder), mails_to(colleague)) == (["handed_over"], ["take_over", "confirmed"])
    told = Message.objects.get(kind="registration_hand_over_done")
    assert (told.to, colleague.reference in told.body, holder.reference in told.body) == (holder.meeting.contact_email, True, True)


def test_a_second_click_changes_nothing(holder):
    ask(holder)
    take()

    take()

    assert Participant.objects.confirmed().count() == 1
    assert Message.objects.filter(kind="registration_confirmed").count() == 1


def test_what_belongs_to_the_delegation_cannot_be_said_otherwise(holder):
    ask(holder)

    colleague = take(category="private_sector", organisation="Parcels Ltd", country_id=None, body_id=BodyFactory().pk)

    assert (colleague.category, colleague.organisation, colleague.country, colleague.body) == (
        holder.category,
        holder.organisation,
        holder.country,
        None,
    )


def test_a_nomination_follows(holder):
    old = NominationFactory(is_head=True, is_reimbursed=True, priority=3)
    Participant.objects.filter(pk=holder.pk).update(nomination=old)
    ask(holder)

    colleague = take()

    old.refresh_from_db()
    new = colleague.nomination
    assert (old.state, old.replaced_by, new.state) == (Nomination.State.REPLACED, new, Nomination.State.PUT_FORWARD)
    assert (new.email, new.is_head, new.is_reimbursed, new.priority) == (NUALA["email"], True, True, 3)


def test_a_hand_over_can_be_taken_back(holder):
    row = ask(holder)
    link = token()

    assert services.take_back_hand_over(participant=holder, by=holder.user, at=NOW)
    assert not services.take_back_hand_over(participant=holder, by=holder.user, at=NOW)

    row.refresh_from_db()
    assert (row.ending, row.to, state_of(holder)) == ("taken_back", None, "confirmed")
    assert [message.kind for message in Message.objects.order_by("pk")] == ["registration_take_over", "registration_take_over_ended"]
    with pytest.raises(errors.LinkUnusable):
        services.take_over(token=link, answers=SAID, needs={}, at=NOW)


def test_a_place_that_was_lost_is_not_handed_over(holder):
    ask(holder)
    services.withdraw(participant=holder, by=holder.user, at=NOW)

    with pytest.raises(errors.HandOverEnded):
        take()
    assert HandOver.objects.get().ending == "ended"


def test_one_colleague_at_a_time(holder):
    ask(holder)

    with pytest.raises(errors.HandOverRuns):
        ask(holder, email="other@police.example")
    later = ask(holder, at=NOW + 8 * DAY, email="other@police.example")

    assert list(HandOver.objects.order_by("pk").values_list("ending", flat=True)) == ["ended", ""]
    assert later.to.email == "other@police.example"


def test_after_the_freeze_date_no_place_changes_hands(holder):
    ask(holder)
    type(holder.meeting).objects.filter(pk=holder.meeting_id).update(frozen_on=NOW.date())

    with pytest.raises(errors.AnswersFrozen):
        take()
    services.take_back_hand_over(participant=holder, by=holder.user, at=NOW)
    with pytest.raises(errors.AnswersFrozen):
        ask(holder)


@pytest.mark.parametrize("state", ["pending", "waitlisted", "withdrawn", "declined"])
def test_only_whoever_has_a_place_hands_one_over(state):
    with pytest.raises(errors.WrongState):
        ask(ParticipantFactory(**{state: True}))


def test_nobody_hands_a_place_to_themself(holder):
    with pytest.raises(errors.OwnAddress):
        ask(holder, email=holder.email.upper())


def test_an_address_that_is_registered_is_told_so_and_the_answer_is_the_same(holder):
    known = ParticipantFactory(meeting=holder.meeting, waitlisted=True, email=NUALA["email"])

    row = ask(holder)

    assert (row.email, row.to, row.ending) == (NUALA["email"], None, "")
    assert (mails_to(known), state_of(known)) == (["known"], "waitlisted")


def test_a_form_of_the_same_address_that_was_not_confirmed_gives_way(holder):
    form = ParticipantFactory(meeting=holder.meeting, unconfirmed=True, email=NUALA["email"], category="private_sector")
    old = PersonalLink.issue(form, purpose="prove_address", expires_at=NOW + DAY)

    row = ask(holder)

    assert (row.to.pk, row.to.category) == (form.pk, holder.category)
    with pytest.raises(errors.LinkUnusable):
        services.confirm_address(token=old, at=NOW)


def test_somebody_registered_under_another_address_takes_no_second_place(holder):
    ask(holder)
    other = ParticipantFactory(meeting=holder.meeting, waitlisted=True)
    type(other.user).objects.filter(pk=other.user_id).update(email=NUALA["email"])

    with pytest.raises(errors.AddressTaken):
        take()
    assert state_of(holder) == "confirmed"


def test_what_nobody_confirmed_ends_by_itself(holder):
    ask(holder)

    assert [services.end_hand_overs(NOW + day * DAY) for day in (1, 7, 8)] == [0, 1, 0]


def test_the_mail_does_not_name_somebody_protected():
    holder = ParticipantFactory(protected=True, family_name="Canary")

    ask(holder)

    assert "Canary" not in Message.objects.get().body
