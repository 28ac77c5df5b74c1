"""Replies: by the link, by a correspondent, by telephone."""

import datetime as dt

import pytest
from django.utils import timezone

from delegations import errors, services
from delegations.models import InvitationLink
from tests.delegations.services.words import again, link_to, told
from tests.factories import InvitationFactory, NominationFactory

pytestmark = pytest.mark.django_db


def reply_of(invitation):
    now = again(invitation)
    return (now.reply, now.replied_by, now.replied_from, now.reply_words, now.reply_note)


def test_one_click_replies(correspondent):
    invitation = InvitationFactory(sent=True)

    services.reply_by_link(token=link_to(invitation, user=correspondent), reply="nominates")

    assert reply_of(invitation) == ("nominates", correspondent, "pc@ministry.example", "", "")
    assert told(invitation.history)[-1] == ("replied: nominates", correspondent)
    assert InvitationLink.objects.get().used_at is not None


def test_regrets_may_come_with_words():
    invitation = InvitationFactory(sent=True, to_body=True)

    services.reply_by_link(token=link_to(invitation, email="office@ieo.example"), reply="regrets", words=" Our congress is that week. ")

    assert reply_of(invitation) == ("regrets", None, "office@ieo.example", "Our congress is that week.", "")


def test_they_may_change_their_mind_until_the_deadline(correspondent):
    invitation = InvitationFactory(sent=True)
    token = link_to(invitation, user=correspondent)

    services.reply_by_link(token=token, reply="regrets", words="No budget.")
    services.reply_by_link(token=token, reply="nominates")

    assert reply_of(invitation)[0] == "nominates"
    assert [reason for reason, _ in told(invitation.history)][-2:] == ["replied: regrets", "replied: nominates"]


def test_the_same_answer_twice_is_one(correspondent):
    invitation = InvitationFactory(sent=True)
    token = link_to(invitation, user=correspondent)
    services.reply_by_link(token=token, reply="nominates")
    first = again(invitation).replied_at

    services.reply_by_link(token=token, reply="nominates")

    assert again(invitation).replied_at == first


def test_after_the_deadline_the_link_takes_no_answer():
    invitation = InvitationFactory(sent=True, deadline=timezone.localdate() - dt.timedelta(days=2))

    with pytest.raises(errors.DeadlinePassed):
        services.reply_by_link(token=link_to(invitation), reply="nominates")

    assert reply_of(invitation)[0] == ""


def test_a_withdrawn_invitation_takes_no_answer():
    invitation = InvitationFactory(withdrawn=True)

    with pytest.raises(errors.InvitationWithdrawn):
        services.reply_by_link(token=link_to(invitation), reply="nominates")


def test_regrets_wait_until_the_names_are_withdrawn():
    nomination = NominationFactory()

    with pytest.raises(errors.NamesStand):
        services.reply_by_link(token=link_to(nomination.invitation), reply="regrets")


@pytest.mark.parametrize("reply", ["", "perhaps"])
def test_an_answer_is_one_of_two(reply, secretary):
    invitation = InvitationFactory(nominates=True)

    with pytest.raises(errors.NotAnAnswer):
        services.reply_by_link(token=link_to(invitation), reply=reply)
    with pytest.raises(errors.NotAnAnswer):
        services.reply_for(invitation=invitation, reply=reply, note="By telephone.", by=secretary)


def test_an_unknown_link_opens_nothing():
    with pytest.raises(errors.LinkUnusable):
        services.reply_by_link(token="nonsense", reply="nominates")


def test_a_link_for_something_else_opens_nothing():
    token = link_to(InvitationFactory(sent=True), purpose="other")

    with pytest.raises(errors.LinkUnusable):
        services.find_invitation_link(token=token)


def test_a_revoked_link_says_so():
    token = link_to(InvitationFactory(sent=True))
    InvitationLink.objects.update(revoked_at=timezone.now())

    with pytest.raises(errors.LinkRevoked):
        services.reply_by_link(token=token, reply="nominates")


def test_a_correspondent_who_is_signed_in_replies_under_their_name(correspondent):
    invitation = InvitationFactory(sent=True)

    services.reply_as(invitation=invitation, reply="regrets", words="No budget.", by=correspondent)

    assert reply_of(invitation) == ("regrets", correspondent, "pc@ministry.example", "No budget.", "")


def test_the_secretariat_writes_down_what_came_by_telephone_even_late(secretary):
    invitation = InvitationFactory(sent=True, deadline=dt.date(2020, 1, 1))

    services.reply_for(invitation=invitation, reply="nominates", note="Ms Kinsella, by telephone.", by=secretary)

    assert reply_of(invitation) == ("nominates", secretary, "", "", "Ms Kinsella, by telephone.")


def test_nothing_is_written_down_for_a_draft(secretary):
    with pytest.raises(errors.WrongState):
        services.reply_for(invitation=InvitationFactory(), reply="nominates", note="By telephone.", by=secretary)
