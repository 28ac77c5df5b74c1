"""Reminders: when, to whom, and never twice."""

import datetime as dt

import pytest
from django.utils import timezone

from correspondence.models import Message
from delegations import errors, services
from delegations.models import Invitation
from tests.delegations.services.words import again, mails_about
from tests.factories import CountryFactory, InvitationFactory, MeetingFactory, NominationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("correspondent")]

DEADLINE = dt.date(2026, 6, 30)
SENT = dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC)


def on(day, hour=12):
    """That hour of that day in June 2026, at a venue in Paris."""
    return dt.datetime(2026, 6, day, hour - 2, tzinfo=dt.UTC)


def silent(**traits):
    return InvitationFactory(state="sent", sent_at=SENT, deadline=DEADLINE, **traits)


def reminders(invitation):
    return [kind for kind, _ in mails_about(invitation)].count("invitation_reminder")


def test_the_silent_are_reminded_on_each_day_the_meeting_sets():
    invitation = silent()

    days = [day for day in range(1, 31) if services.remind_silent(on(day))]

    assert days == [16, 27, 30]
    assert reminders(invitation) == 3


def test_nobody_is_reminded_twice_on_one_day():
    invitation = silent()

    counts = [services.remind_silent(on(16, hour)) for hour in (8, 9, 23)]

    assert (counts, reminders(invitation)) == ([1, 0, 0], 1)


def test_not_before_eight_at_the_venue():
    silent()

    assert [services.remind_silent(on(16, hour)) for hour in (7, 8)] == [0, 1]


def test_a_worker_that_slept_catches_up_once():
    invitation = silent()

    counts = [services.remind_silent(on(day)) for day in (28, 29)]

    assert (counts, reminders(invitation)) == ([1, 0], 1)


def test_after_the_deadline_nobody_is_reminded():
    silent()

    assert services.remind_silent(on(30) + dt.timedelta(days=1)) == 0


def test_an_invitation_sent_today_is_not_brought_to_mind_today():
    invitation = silent()
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=on(16, 8))

    assert [day for day in range(16, 31) if services.remind_silent(on(day))] == [27, 30]


def test_a_later_deadline_brings_its_own_reminders():
    invitation = silent()
    services.remind_silent(on(16))

    services.change_invitation(invitation=invitation, changes={"deadline": dt.date(2026, 7, 10)}, by=None)

    assert [day for day in range(17, 31) if services.remind_silent(on(day))] == [26]


@pytest.mark.parametrize(("setting", "days"), [("", []), ("5", [25]), ("0, 1,1", [29, 30])])
def test_the_days_are_a_setting_of_the_meeting(setting, days):
    silent(meeting=MeetingFactory(reminder_days=setting))

    assert [day for day in range(1, 31) if services.remind_silent(on(day))] == days


@pytest.mark.parametrize("traits", [{"regrets": True}, {"nominates": True}, {"withdrawn": True}, {}])
def test_who_is_not_silent_is_left_alone(traits):
    InvitationFactory(deadline=DEADLINE, **traits)

    assert services.remind_silent(on(16)) == 0


def test_who_has_nominated_is_left_alone():
    NominationFactory(invitation=silent())

    assert services.remind_silent(on(16)) == 0


def test_a_country_without_correspondents_waits_for_one():
    silent(country=CountryFactory(code="DE"))

    assert services.remind_silent(on(16)) == 0
    assert Invitation.objects.get(country__code="DE").reminded_on is None


def test_the_sweep_asks_twice_however_many_are_silent(django_assert_num_queries):
    meeting = MeetingFactory(reminder_days="")
    for code in ("IE", "DE", "FR"):
        silent(meeting=meeting, country=CountryFactory(code=code))

    with django_assert_num_queries(1):  # and one for readers, when somebody is due
        services.remind_silent(on(16))


# --- by hand ---


def test_by_hand_at_any_time_but_once_a_day(secretary):
    invitation = InvitationFactory(sent=True)

    services.remind(invitation=invitation, by=secretary)
    with pytest.raises(errors.RemindedToday):
        services.remind(invitation=invitation, by=secretary)

    assert reminders(invitation) == 1
    assert again(invitation).reminded_on == invitation.meeting.today()


@pytest.mark.parametrize(
    ("traits", "error"),
    [
        ({}, errors.WrongState),
        ({"withdrawn": True}, errors.WrongState),
        ({"regrets": True}, errors.AlreadyReplied),
        ({"nominates": True}, errors.AlreadyReplied),
        ({"sent": True, "deadline": dt.date(2020, 1, 1)}, errors.DeadlineInPast),
        ({"sent": True, "to_body": True}, errors.NobodyToWriteTo),
    ],
)
def test_who_is_not_reminded_by_hand_and_why(secretary, traits, error):
    invitation = InvitationFactory(**traits)

    with pytest.raises(error):
        services.remind(invitation=invitation, by=secretary, at=timezone.now())

    assert mails_about(invitation) == []


def test_nobody_is_reminded_on_the_day_the_invitation_went_out():
    invitation = silent()
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=on(15, 9))

    with pytest.raises(errors.SentToday):
        services.remind(invitation=invitation, by=None, at=on(15, 18))
    services.remind(invitation=invitation, by=None, at=on(16, 8))

    assert reminders(invitation) == 1


def test_a_reminder_says_where_names_are_put_forward(correspondent):
    invitation = InvitationFactory(sent=True)

    services.remind(invitation=invitation, by=None)

    assert f"/delegation/{invitation.meeting.slug}/?country=IE\n" in Message.objects.get().body
