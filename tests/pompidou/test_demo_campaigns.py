"""The draft of a campaign in the demo."""

import pytest

from correspondence import campaigns
from correspondence.models import Campaign
from pompidou.demo.campaigns import write_draft
from tests.factories import CorrespondentFactory, InvitationFactory

pytestmark = pytest.mark.django_db


def test_the_draft_can_be_sent_to_the_silent_and_is_made_once(administrator):
    invitation = InvitationFactory(country=CorrespondentFactory().country, sent=True)
    write_draft(invitation.meeting, by=administrator)
    draft = write_draft(invitation.meeting, by=administrator)
    draft.full_clean()

    sent = campaigns.begin(campaign=draft, by=administrator, mails=1)

    assert (Campaign.objects.count(), sent.state) == (1, "sending")
