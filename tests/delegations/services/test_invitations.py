"""Making, changing and withdrawing invitations."""

import datetime as dt

import pytest
from django.utils import timezone

from delegations import errors, services
from delegations.models import Invitation
from tests.delegations.services.words import again, link_to, mails_about, told
from tests.factories import BodyFactory, CountryFactory, InvitationFactory, MeetingFactory, NominationFactory

pytestmark = pytest.mark.django_db

DEADLINE = dt.date(2026, 7, 1)


def fields(**changes):
    return {"country": CountryFactory(), "category": "member_state", "quota": 2, "deadline": DEADLINE, **changes}


def make(meeting, by=None, **changes):
    return services.create_invitation(meeting=meeting, fields=fields(**changes), by=by)


def test_a_new_invitation_is_a_draft_that_nobody_hears_of(secretary, correspondent):
    invitation = make(MeetingFactory(), secretary)

    assert (invitation.state, invitation.sent_at, mails_about(invitation)) == ("draft", None, [])
    assert told(invitation.history) == [(None, secretary)]


def test_references_count_up_within_the_series():
    meeting = MeetingFactory(year=2031)

    references = [make(meeting).reference, make(meeting, country=CountryFactory(code="DE")).reference]

    assert references == ["P-PG/Cyber (2031) Inv 1", "P-PG/Cyber (2031) Inv 2"]


def test_a_meeting_may_have_a_series_of_its_own(settings):
    settings.REFERENCE_SERIES = "P-PG/Net"

    assert make(MeetingFactory(year=2031)).reference == "P-PG/Net (2031) Inv 1"
    assert make(MeetingFactory(series="P-PG/Cyber (Dublin)")).reference == "P-PG/Cyber (Dublin) Inv 1"


def test_two_meetings_of_one_series_share_its_numbers():
    first, second = MeetingFactory(year=2031), MeetingFactory(year=2031)

    assert (make(first).number, make(second).number) == (1, 2)


def test_a_second_invitation_to_one_country_is_refused():
    meeting = MeetingFactory()
    make(meeting)

    with pytest.raises(errors.AlreadyInvited) as refusal:
        make(meeting)

    assert str(refusal.value) == "There is an invitation to this meeting for them already."
    assert Invitation.objects.filter(meeting=meeting).count() == 1


def test_a_sent_invitation_keeps_its_addressee(secretary):
    invitation = InvitationFactory(sent=True)

    with pytest.raises(errors.AddresseeFixed):
        services.change_invitation(invitation=invitation, changes={"country": None, "body": BodyFactory()}, by=secretary)


def test_places_deadline_and_texts_change_after_sending(secretary):
    invitation = InvitationFactory(sent=True)

    services.change_invitation(invitation=invitation, changes={"quota": 5, "deadline": DEADLINE, "text_en": "Welcome."}, by=secretary)

    changed = again(invitation)
    assert (changed.quota, changed.deadline, changed.text_en) == (5, DEADLINE, "Welcome.")
    assert told(invitation.history)[-1] == ("corrected by the secretariat", secretary)


def test_a_draft_may_go_to_somebody_else(secretary):
    draft = InvitationFactory()

    services.change_invitation(invitation=draft, changes={"country": None, "body": BodyFactory()}, by=secretary)

    assert again(draft).kind == "body"


@pytest.mark.parametrize("changes", [{"quota": 1, "reimbursed_quota": 0}, {"reimbursed_quota": 0}])
def test_the_quota_does_not_fall_below_those_nominated(secretary, changes):
    first = NominationFactory(is_reimbursed=True)
    NominationFactory(invitation=first.invitation)

    with pytest.raises(errors.QuotaTooSmall):
        services.change_invitation(invitation=first.invitation, changes=changes, by=secretary)

    assert (again(first.invitation).quota, again(first.invitation).reimbursed_quota) == (2, 1)


def test_a_withdrawn_invitation_is_not_changed(secretary):
    with pytest.raises(errors.WrongState):
        services.change_invitation(invitation=InvitationFactory(withdrawn=True), changes={"quota": 3}, by=secretary)


def test_withdrawing_tells_the_readers_and_shuts_their_links(secretary, correspondent):
    invitation = InvitationFactory(sent=True)
    token = link_to(invitation, user=correspondent)

    services.withdraw_invitation(invitation=invitation, by=secretary)

    assert again(invitation).state == "withdrawn"
    assert mails_about(invitation) == [("invitation_withdrawn", "pc@ministry.example")]
    with pytest.raises(errors.LinkRevoked):
        services.find_invitation_link(token=token)


def test_withdrawing_twice_tells_once(secretary, correspondent):
    invitation = InvitationFactory(sent=True)

    services.withdraw_invitation(invitation=invitation, by=secretary)
    services.withdraw_invitation(invitation=invitation, by=secretary)

    assert len(mails_about(invitation)) == 1


def test_withdrawing_a_draft_tells_nobody(secretary, correspondent):
    draft = InvitationFactory()

    services.withdraw_invitation(invitation=draft, by=secretary)

    assert (again(draft).state, mails_about(draft)) == ("withdrawn", [])


def test_an_invitation_with_names_under_it_is_not_withdrawn(secretary):
    nomination = NominationFactory()

    with pytest.raises(errors.NamesStand):
        services.withdraw_invitation(invitation=nomination.invitation, by=secretary)

    assert again(nomination.invitation).state == "sent"


def test_a_withdrawn_invitation_is_renewed_and_sent_again(secretary, correspondent):
    invitation = InvitationFactory(regrets=True, reply_words="Elections.")
    services.withdraw_invitation(invitation=invitation, by=secretary)

    renewed = services.renew_invitation(invitation=invitation, by=secretary)
    services.send_invitation(invitation=renewed, by=secretary)

    now = again(invitation)
    assert (now.state, now.reply, now.reply_words, now.replied_at) == ("sent", "", "", None)
    assert [kind for kind, _ in mails_about(invitation)] == ["invitation_withdrawn", "invitation"]


@pytest.mark.parametrize("traits", [{}, {"sent": True}])
def test_only_a_withdrawn_invitation_is_renewed(secretary, traits):
    with pytest.raises(errors.WrongState):
        services.renew_invitation(invitation=InvitationFactory(**traits), by=secretary)


def test_a_link_ends_with_the_meeting():
    invitation = InvitationFactory(sent=True)
    token = link_to(invitation, days=1)

    with pytest.raises(errors.LinkExpired):
        services.find_invitation_link(token=token, at=timezone.now() + dt.timedelta(days=2))
