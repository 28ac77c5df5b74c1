"""Several processes at the same invitation at once, on SQLite and on PostgreSQL."""

import pytest
from django.utils import timezone

from correspondence.models import Message
from delegations.models import Invitation
from tests.delegations.services.words import link_to
from tests.factories import CorrespondentFactory, CountryFactory, InvitationFactory, MeetingFactory

pytestmark = pytest.mark.usefixtures("committed_db")

PROCESSES = 6
ROUNDS = 4


def test_of_two_replies_at_once_the_last_stands_and_both_are_kept(herd):
    for _ in range(ROUNDS):
        invitation = InvitationFactory(sent=True, country=CountryFactory())
        token = link_to(invitation)

        outcomes = herd.run("tests.delegations.acts:reply", [{"token": token, "reply": "nominates"}, {"token": token, "reply": "regrets"}])

        history = list(invitation.history.order_by("history_id").values_list("history_change_reason", flat=True))
        assert sorted(outcomes) == ["nominates", "regrets"]
        assert sorted(history[1:]) == ["replied: nominates", "replied: regrets"]
        assert f"replied: {Invitation.objects.get(pk=invitation.pk).reply}" == history[-1]


def test_an_invitation_sent_by_many_goes_out_once(herd):
    CorrespondentFactory()
    invitation = InvitationFactory()

    outcomes = herd.run("tests.delegations.acts:send", [{"invitation": invitation.pk}] * PROCESSES)

    assert sorted(outcomes) == ["WrongState"] * 5 + ["sent"]
    assert Message.objects.filter(kind="invitation").count() == 1


def test_many_workers_remind_once(herd):
    CorrespondentFactory()
    zone = f"Etc/GMT{timezone.now().hour - 12:+d}"  # noon there, whatever the hour here
    meeting = MeetingFactory(timezone=zone, reminder_days="0")
    invitation = InvitationFactory(meeting=meeting, sent=True, deadline=meeting.today())

    outcomes = herd.run("tests.delegations.acts:remind", [{"invitation": invitation.pk}] * PROCESSES)

    assert sum(outcomes) == 1
    assert Message.objects.filter(kind="invitation_reminder").count() == 1


def test_numbers_are_given_once(herd):
    meeting = MeetingFactory(year=2031)
    codes = ("IE", "DE", "FR", "IT", "PT", "AL")
    entries = [{"meeting": meeting.pk, "country": CountryFactory(code=code).pk} for code in codes]

    outcomes = herd.run("tests.delegations.acts:create", entries)

    assert sorted(outcomes) == [f"P-PG/Cyber (2031) Inv {n}" for n in range(1, 7)]
