"""The campaigns of the demo: one that was sent, and a draft."""

import pytest

from correspondence import campaigns
from correspondence.models import Campaign, Message
from correspondence.models.campaigns import figures_of
from pompidou.demo.campaigns import write_draft, write_sent
from tests.factories import CorrespondentFactory, CountryFactory, InvitationFactory

pytestmark = pytest.mark.django_db


def test_the_draft_can_be_sent_to_the_silent_and_is_made_once(administrator):
    invitation = InvitationFactory(country=CorrespondentFactory().country, sent=True)
    write_draft(invitation.meeting, by=administrator)
    draft = write_draft(invitation.meeting, by=administrator)
    draft.full_clean()

    sent = campaigns.begin(campaign=draft, by=administrator, mails=1)

    assert (Campaign.objects.count(), sent.state) == (1, "sending")


def test_the_one_that_was_sent_shows_what_came_of_it_and_is_made_once(administrator, meeting):
    for code, traits in (("IE", {"sent": True}), ("FR", {"regrets": True})):
        InvitationFactory(meeting=meeting, country=CorrespondentFactory(country=CountryFactory(code=code)).country, **traits)
    InvitationFactory(meeting=meeting, country=CountryFactory(code="IT"), sent=True)  # nobody to write to
    write_sent(meeting, by=administrator)
    Message.objects.all().delete()  # as the demo does before it is made anew

    campaign = write_sent(meeting, by=administrator)

    numbers = figures_of(campaign)
    assert (Campaign.objects.count(), Message.objects.get().state) == (1, "sent")
    assert (numbers["sent"], numbers["mails"], numbers["left_out"]) == (1, 1, {"answered": 1, "no_address": 1})
