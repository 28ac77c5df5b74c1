"""The form, the link that proves its address, and what becomes of forms that nobody confirmed."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from correspondence.models import Message
from participants import errors, services
from participants.models import Needs, Participant, PersonalLink
from tests.factories import MeetingFactory, ParticipantFactory, UserFactory
from tests.participants.acts import answers
from tests.participants.services.words import HOUR, NOW, mails_to, state_of, unconfirmed

pytestmark = pytest.mark.django_db


def test_a_form_is_kept_unconfirmed_with_a_link_by_mail(meeting):
    reference = services.submit_registration(
        meeting=meeting, answers=answers("maeve@garda.example"), needs={"diet": "vegan"}, submission_key="k"
    )

    person = Participant.objects.get()
    assert (person.state, person.reference, person.user, person.registered_at) == ("unconfirmed", reference, None, None)
    assert reference.startswith("CYB26-")
    assert person.needs.diet == "vegan"
    message = Message.objects.get()
    assert (message.kind, message.to, message.is_secret, message.reference) == (
        "registration_confirm_address",
        "maeve@garda.example",
        True,
        reference,
    )
    assert "http://testserver/registrations/confirm/" in message.body


def test_no_needs_no_row(meeting):
    services.submit_registration(meeting=meeting, answers=answers("maeve@garda.example"), needs={"diet": ""}, submission_key="k")

    assert Needs.objects.count() == 0


@pytest.mark.parametrize("trait", ["announced", "closed", "running", "over"])
def test_a_closed_meeting_takes_no_form(trait):
    with pytest.raises(errors.RegistrationClosed):
        services.submit_registration(
            meeting=MeetingFactory(**{trait: True}), answers=answers("maeve@garda.example"), needs={}, submission_key="k"
        )

    assert (Participant.objects.count(), Message.objects.count()) == (0, 0)


def test_a_later_form_from_an_unproven_address_takes_the_place_of_the_first(meeting):
    first, old_token = unconfirmed(meeting=meeting, email="maeve@garda.example", function="Sergeant")

    services.submit_registration(
        meeting=meeting, answers=answers("maeve@garda.example", function="Inspector"), needs={}, submission_key="k"
    )

    assert list(Participant.objects.values_list("pk", "function")) == [(first.pk, "Inspector")]
    with pytest.raises(errors.LinkReplaced):
        services.confirm_address(token=old_token)


@pytest.mark.parametrize("state", ["pending", "confirmed", "waitlisted", "declined", "withdrawn"])
def test_a_form_from_a_known_address_changes_nothing_and_tells_its_owner(meeting, state):
    known = ParticipantFactory(meeting=meeting, email="maeve@garda.example", **{state: True})
    before = Participant.objects.values().get()

    reference = services.submit_registration(meeting=meeting, answers=answers("maeve@garda.example"), needs={}, submission_key="k")

    assert Participant.objects.values().get() == before
    assert mails_to(known) == ["known"]
    assert reference.startswith("CYB26-")
    assert reference != known.reference  # the page that answers must not tell the real one


def test_a_stranger_cannot_tell_a_known_address_from_a_new_one(meeting):
    known = ParticipantFactory(meeting=meeting, email="maeve@garda.example")

    told = [
        services.submit_registration(meeting=meeting, answers=answers(email), needs={}, submission_key=email)
        for email in ("maeve@garda.example", "nobody@garda.example")
    ]

    assert [len(reference) for reference in told] == [len(known.reference)] * 2


def test_one_address_may_register_for_two_meetings(meeting, past_meeting):
    ParticipantFactory(meeting=past_meeting, email="maeve@garda.example")

    services.submit_registration(meeting=meeting, answers=answers("maeve@garda.example"), needs={}, submission_key="k")

    assert Participant.objects.count() == 2


def test_a_proven_address_awaits_approval(meeting):
    person, token = unconfirmed(meeting=meeting, email="maeve@garda.example")

    services.confirm_address(token=token)

    person.refresh_from_db()
    assert (person.state, person.user.email, person.registered_at is None) == ("pending", "maeve@garda.example", False)
    assert not person.user.has_usable_password()
    assert mails_to(person) == ["received"]
    assert person.history.first().history_change_reason == "address confirmed"


def test_a_proven_address_gets_a_place_where_no_approval_is_needed():
    person, token = unconfirmed(meeting=MeetingFactory(needs_approval=False))

    services.confirm_address(token=token)

    assert (state_of(person), mails_to(person)) == ("confirmed", ["confirmed"])


def test_a_proven_address_waits_where_no_place_is_free():
    meeting = MeetingFactory(needs_approval=False, capacity=1)
    ParticipantFactory(meeting=meeting)
    person, token = unconfirmed(meeting=meeting)

    services.confirm_address(token=token)

    assert (state_of(person), mails_to(person)) == ("waitlisted", ["waitlisted"])
    assert "at position 1" in Message.objects.get(kind="registration_waitlisted").body


def test_a_second_click_changes_nothing(meeting):
    person, token = unconfirmed(meeting=meeting)
    services.confirm_address(token=token)
    lines = person.history.count()

    assert services.confirm_address(token=token).pk == person.pk

    assert (mails_to(person), person.history.count()) == (["received"], lines)


def test_a_link_still_works_after_registration_closed(meeting):
    _, token = unconfirmed(meeting=meeting)
    type(meeting).objects.update(registration_closes_at=timezone.now() - HOUR)

    assert services.confirm_address(token=token).state == "pending"


@pytest.mark.parametrize(("late", "error"), [(-1, None), (0, errors.LinkExpired), (1, errors.LinkExpired)])
def test_a_link_works_for_seven_days(meeting, late, error):
    _, token = unconfirmed(meeting=meeting, created_at=NOW)
    at = NOW + dt.timedelta(days=7, seconds=late)

    if error:
        with pytest.raises(error):
            services.confirm_address(token=token, at=at)
    else:
        assert services.confirm_address(token=token, at=at).state == "pending"


@pytest.mark.parametrize("token", ["", "x", "☃", "a" * 5000])
def test_an_altered_link_opens_nothing(token):
    with pytest.raises(errors.LinkUnusable):
        services.find_link(token=token)


def test_the_token_is_not_stored(meeting):
    _, token = unconfirmed(meeting=meeting)

    assert token not in str(PersonalLink.objects.values().get())


def test_somebody_with_an_account_keeps_it(meeting):
    account = UserFactory(email="maeve@garda.example", name="Maeve")
    person, token = unconfirmed(meeting=meeting, email="maeve@garda.example")

    services.confirm_address(token=token)

    person.refresh_from_db()
    assert (person.user, User.objects.count()) == (account, 1)


def test_who_was_there_before_is_no_first_timer(meeting, past_meeting):
    ParticipantFactory(meeting=past_meeting, email="maeve@garda.example")
    person, token = unconfirmed(meeting=meeting, email="maeve@garda.example")

    services.confirm_address(token=token)

    person.refresh_from_db()
    assert not person.is_first_timer


def test_who_was_declined_before_is_a_first_timer(meeting, past_meeting):
    ParticipantFactory(meeting=past_meeting, email="maeve@garda.example", declined=True)
    person, token = unconfirmed(meeting=meeting, email="maeve@garda.example")

    services.confirm_address(token=token)

    person.refresh_from_db()
    assert person.is_first_timer


def test_a_second_form_of_somebody_who_changed_address_since_is_dropped(meeting):
    account = UserFactory(email="maeve@garda.example")
    first = ParticipantFactory(meeting=meeting, email="maeve@new.example", user=account)
    _, token = unconfirmed(meeting=meeting, email="maeve@garda.example")

    assert services.confirm_address(token=token).pk == first.pk

    assert list(Participant.objects.values_list("pk", flat=True)) == [first.pk]
    assert mails_to(first) == ["known"]


@pytest.mark.parametrize(("age", "deleted"), [(dt.timedelta(days=7), 0), (dt.timedelta(days=7, seconds=1), 1)])
def test_a_form_never_confirmed_is_deleted_after_seven_days_with_its_traces(age, deleted):
    person, _ = unconfirmed(created_at=NOW)
    Needs.objects.create(participant=person, diet="vegan")
    left = 1 - deleted

    assert services.delete_stale_unconfirmed(at=NOW + age) == deleted

    assert (Participant.objects.count(), Needs.objects.count(), PersonalLink.objects.count()) == (left, left, left)
    assert Participant.history.filter(id=person.pk).exists() == bool(left)


def test_what_was_confirmed_is_never_stale():
    for state in ("pending", "confirmed", "waitlisted", "declined", "withdrawn"):
        ParticipantFactory(created_at=NOW, **{state: True})

    assert services.delete_stale_unconfirmed(at=NOW + dt.timedelta(days=400)) == 0


# --- nobody is flooded with mail ---


def submit(meeting, number, email="maeve@garda.example"):
    return services.submit_registration(
        meeting=meeting, answers=answers(email, function=f"{number}"), needs={}, submission_key=f"k{number}"
    )


@pytest.mark.parametrize("state", ["confirmed", "unconfirmed", None])
def test_one_address_gets_five_mails_an_hour_and_its_sender_cannot_tell(meeting, state):
    if state:
        ParticipantFactory(meeting=meeting, email="maeve@garda.example", **{state: True})

    references = [submit(meeting, number) for number in range(8)]

    assert Message.objects.filter(to="maeve@garda.example").count() == 5
    assert len(set(references)) == 8


def test_the_form_that_writes_no_mail_leaves_the_link_of_the_last_mail_alone(meeting):
    for number in range(7):
        submit(meeting, number)

    assert Participant.objects.get().function == "4"
    assert PersonalLink.objects.filter(revoked_at=None).count() == 1


def test_the_same_form_sent_again_does_not_count(meeting):
    for _ in range(10):
        submit(meeting, 1)

    submit(meeting, 2)

    assert Message.objects.count() == 2


def test_other_addresses_are_not_held_up(meeting):
    for number in range(6):
        submit(meeting, number)

    submit(meeting, 6, "jonas@zoll.example")

    assert Message.objects.filter(to="jonas@zoll.example").count() == 1


def test_what_is_rehearsed_for_a_known_address_leaves_nothing(meeting):
    ParticipantFactory(meeting=meeting, email="maeve@garda.example")

    services.submit_registration(meeting=meeting, answers=answers("maeve@garda.example"), needs={"diet": "vegan"}, submission_key="k")

    assert (Participant.objects.count(), Needs.objects.count(), PersonalLink.objects.count()) == (1, 0, 0)
    assert Participant.history.filter(email__endswith="nobody.invalid").count() == 0
