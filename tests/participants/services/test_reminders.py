"""Standing reminders: once to each person, on the days the meeting sets, until the reason has gone."""

import datetime as dt

import pytest
from django.core.management import call_command

from correspondence.models import Message
from delegations.models import Invitation, Nomination, NominationLink
from participants.models import PersonalLink, ReminderSetting
from participants.services.reminders import due, remind_due, remind_once
from tests.factories import CorrespondentFactory, InvitationFactory, MeetingFactory, NominationFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


def noon(day, meeting):
    return dt.datetime.combine(day, dt.time(12), tzinfo=meeting.zone)


def switch_on(meeting, reminder, days):
    ReminderSetting.objects.create(meeting=meeting, reminder=reminder, is_on=True, days=days)


def kinds_sent():
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def unproven(meeting, at, *, days_old):
    return ParticipantFactory(meeting=meeting, unconfirmed=True, created_at=at - dt.timedelta(days=days_old))


def test_who_has_not_confirmed_is_reminded_once_before_the_form_goes(meeting):
    at = noon(meeting.starts_on - dt.timedelta(days=30), meeting)
    person = unproven(meeting, at, days_old=6)

    assert [remind_due(at), remind_due(at), remind_due(at + dt.timedelta(hours=3))] == [1, 0, 0]

    assert (kinds_sent(), PersonalLink.objects.filter(participant=person).count()) == (["reminder_confirm_address"], 1)


def test_a_form_that_is_young_is_left_alone(meeting):
    at = noon(meeting.starts_on - dt.timedelta(days=30), meeting)
    unproven(meeting, at, days_old=2)

    assert remind_due(at) == 0


def test_switched_off_nothing_goes(meeting):
    at = noon(meeting.starts_on - dt.timedelta(days=30), meeting)
    unproven(meeting, at, days_old=6)
    ReminderSetting.objects.create(meeting=meeting, reminder="confirm_address", is_on=False, days=2)

    assert remind_due(at) == 0


def test_nobody_is_reminded_in_the_night(meeting):
    at = noon(meeting.starts_on - dt.timedelta(days=30), meeting)
    unproven(meeting, at, days_old=6)

    assert remind_due(at.replace(hour=4)) == 0


def test_before_the_meeting_those_with_a_place_hear_of_it_once_it_is_switched_on(meeting):
    ParticipantFactory(meeting=meeting)
    ParticipantFactory(meeting=meeting, waitlisted=True)
    at = noon(meeting.starts_on - dt.timedelta(days=5), meeting)
    assert remind_due(at) == 0

    switch_on(meeting, "before", 7)

    assert [remind_due(at), remind_due(at + dt.timedelta(days=1)), kinds_sent()] == [1, 0, ["reminder_before"]]


def test_thanks_go_after_the_meeting_and_not_long_after(meeting):
    ParticipantFactory(meeting=meeting)
    switch_on(meeting, "thanks", 1)

    assert remind_due(noon(meeting.ends_on, meeting)) == 0
    assert remind_due(noon(meeting.ends_on + dt.timedelta(days=40), meeting)) == 0
    assert remind_due(noon(meeting.ends_on + dt.timedelta(days=1), meeting)) == 1


def test_a_dry_run_writes_nothing(meeting, monkeypatch, capsys):
    at = noon(meeting.starts_on - dt.timedelta(days=30), meeting)
    unproven(meeting, at, days_old=6)
    monkeypatch.setattr("participants.management.commands.remind.timezone.now", lambda: at)

    call_command("remind", "--dry-run")

    assert (capsys.readouterr().out, Message.objects.count()) == (f"{meeting.slug} confirm_address 1\n", 0)


@pytest.fixture
def promise(meeting):
    """Ireland said that it will nominate, and has until 20 days before the meeting."""
    CorrespondentFactory(user__email="pc@ministry.example")
    deadline = meeting.starts_on - dt.timedelta(days=20)
    replied_at = noon(deadline - dt.timedelta(days=9), meeting)
    return InvitationFactory(meeting=meeting, nominates=True, deadline=deadline, replied_at=replied_at)


def before_deadline(promise, days):
    return noon(promise.deadline - dt.timedelta(days=days), promise.meeting)


def test_who_promised_names_is_asked_once_when_the_deadline_is_near(meeting, promise):
    CorrespondentFactory(user__email="deputy@ministry.example", user__language="fr")
    switch_on(meeting, "promised", 5)

    sent = [remind_due(before_deadline(promise, days)) for days in (6, 5, 5, 4, 0)]

    assert sent == [0, 1, 0, 0, 0]
    assert list(Message.objects.order_by("to").values_list("kind", "to", "language")) == [
        ("invitation_promise_reminder", "deputy@ministry.example", "fr"),
        ("invitation_promise_reminder", "pc@ministry.example", "en"),
    ]
    assert "/delegation/" in Message.objects.get(language="en").body
    assert "/fr/delegation/" in Message.objects.get(language="fr").body


def test_who_promised_is_left_alone_unless_it_is_switched_on(meeting, promise):
    assert remind_due(before_deadline(promise, 3)) == 0


@pytest.mark.parametrize("why", ["a name", "regrets", "silent", "deadline over", "replied today", "withdrawn"])
def test_nobody_else_is_asked_for_names(meeting, promise, why):
    switch_on(meeting, "promised", 5)
    at = before_deadline(promise, -1 if why == "deadline over" else 3)
    changes = {
        "regrets": {"reply": "regrets"},
        "silent": {"reply": "", "replied_at": None},
        "replied today": {"replied_at": at - dt.timedelta(hours=1)},
        "withdrawn": {"state": "withdrawn"},
    }
    Invitation.objects.filter(pk=promise.pk).update(**changes.get(why, {"quota": 2}))
    if why == "a name":
        NominationFactory(invitation=promise)

    assert remind_due(at) == 0


def test_a_name_taken_back_is_no_name(meeting, promise):
    switch_on(meeting, "promised", 5)
    NominationFactory(invitation=promise, withdrawn=True)

    assert remind_due(before_deadline(promise, 3)) == 1


def test_a_reminder_from_before_the_reply_does_not_count(meeting, promise):
    switch_on(meeting, "promised", 5)
    Invitation.objects.filter(pk=promise.pk).update(reminded_on=promise.replied_at.date())

    assert remind_due(before_deadline(promise, 3)) == 1


# --- nominees who have not completed ---


@pytest.fixture
def nominee(meeting):
    """Put forward by Ireland and written to; the names are due 20 days before the meeting."""
    deadline = meeting.starts_on - dt.timedelta(days=20)
    nomination = NominationFactory(invitation=InvitationFactory(meeting=meeting, sent=True, deadline=deadline))
    sent_at = noon(deadline - dt.timedelta(days=15), meeting)
    NominationLink.issue(nomination, at=sent_at, expires_at=noon(meeting.starts_on, meeting))
    switch_on(meeting, "complete", 5)
    return nomination


def near(nominee, days=3):
    return noon(nominee.invitation.deadline - dt.timedelta(days=days), nominee.invitation.meeting)


def test_a_nominee_who_did_not_complete_is_reminded_once(nominee):
    sent = [remind_due(near(nominee, days)) for days in (6, 5, 5, 4, 0)]

    assert sent == [0, 1, 0, 0, 0]
    assert list(Message.objects.values_list("kind", "to")) == [("nomination_reminder", nominee.email)]


def test_the_link_in_the_reminder_opens_and_ends_when_the_first_one_did(nominee):
    ends = NominationLink.objects.get().expires_at

    remind_due(near(nominee))

    assert list(NominationLink.objects.usable(near(nominee)).values_list("expires_at", flat=True)) == [ends]


def test_a_nominee_withdrawn_or_replaced_is_not_reminded(nominee):
    Nomination.objects.update(state="withdrawn")

    assert remind_due(near(nominee)) == 0


def test_a_nominee_who_completed_is_not_reminded(nominee, meeting):
    ParticipantFactory(meeting=meeting, nomination=nominee)

    assert remind_due(near(nominee)) == 0


def test_withdrawn_between_the_search_and_the_mail_a_nominee_is_not_reminded(nominee):
    found = list(due(near(nominee)))
    Nomination.objects.update(state="withdrawn")

    assert [remind_once(one, near(nominee)) for one in found] == [False]
    assert Message.objects.count() == 0
