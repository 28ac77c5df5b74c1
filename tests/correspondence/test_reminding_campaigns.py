"""A campaign that reminds: whoever answers before their mail is written, or was reminded otherwise, is left out."""

import datetime as dt

import pytest
from django.utils import timezone

from correspondence import campaigns
from correspondence.models import Message
from correspondence.models.campaigns import figures_of
from delegations import services
from delegations.models import Invitation
from tests.factories import CampaignFactory, CorrespondentFactory, CountryFactory, InvitationFactory, NominationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch):
    monkeypatch.setattr(campaigns, "BATCH", 1)


@pytest.fixture
def asked(meeting):
    """France and Ireland, in the order they are written to: invited ten days ago, each with a correspondent."""
    countries = [CountryFactory(code=code) for code in ("FR", "IE")]
    return [InvitationFactory(meeting=meeting, country=CorrespondentFactory(country=country).country, sent=True) for country in countries]


def begun(meeting, by, shown="silent"):
    query = f"meeting={meeting.pk}&show={shown}"
    words = {"body_en": "Dear {name}", "body_fr": "Bonjour {name}"}
    campaign = CampaignFactory(audience="invited", query=query, chosen={"query": query}, **words)
    return campaigns.begin(campaign=campaign, by=by, mails=2)


def write_all(campaign, at=None):
    while campaigns.write_batch(campaign.pk, at=at):
        pass


def references():
    return sorted(Message.objects.filter(kind="campaign").values_list("reference", flat=True))


def tomorrow():
    return timezone.now() + dt.timedelta(days=1)


def test_who_replies_before_their_batch_is_not_reminded(meeting, asked, administrator):
    campaign = begun(meeting, administrator)
    campaigns.write_batch(campaign.pk)
    services.reply_for(invitation=asked[1], reply="regrets", note="By telephone", by=administrator)

    write_all(campaign)

    assert (references(), figures_of(campaign)["left_out"]) == ([asked[0].reference], {"answered": 1})


def test_who_names_somebody_before_their_batch_is_not_asked_for_names(meeting, asked, administrator):
    Invitation.objects.update(reply="nominates", replied_at=timezone.now())
    campaign = begun(meeting, administrator, shown="promised")
    NominationFactory(invitation=asked[0])

    write_all(campaign)

    assert (references(), figures_of(campaign)["left_out"]) == ([asked[1].reference], {"answered": 1})


def test_who_answers_to_a_campaign_that_is_no_reminder_still_gets_it(meeting, asked, administrator):
    campaign = begun(meeting, administrator, shown="nobody")
    services.reply_for(invitation=asked[0], reply="regrets", note="By telephone", by=administrator)

    write_all(campaign)

    assert references() == sorted(one.reference for one in asked)


def test_gone_on_with_a_mail_held_for_somebody_who_answered_is_taken_back(meeting, asked, administrator):
    campaign = begun(meeting, administrator)
    write_all(campaign)
    campaigns.stop(campaign=campaign, by=administrator)
    services.reply_for(invitation=asked[0], reply="nominates", note="By telephone", by=administrator)

    campaigns.resume(campaign=campaign, by=administrator)

    queued = Message.objects.filter(kind="campaign").values_list("reference", "state")
    assert (list(queued), figures_of(campaign)["left_out"]) == ([(asked[1].reference, "queued")], {"answered": 1})


def test_gone_on_with_on_the_same_day_everybody_else_gets_theirs(meeting, asked, administrator):
    campaign = begun(meeting, administrator)
    campaigns.write_batch(campaign.pk)
    campaigns.stop(campaign=campaign, by=administrator)

    campaigns.resume(campaign=campaign, by=administrator)
    write_all(campaign)

    assert references() == sorted(one.reference for one in asked)


def test_gone_on_with_on_a_later_day_it_counts_as_the_reminder_of_that_day(meeting, asked, administrator):
    campaign = begun(meeting, administrator)
    campaigns.stop(campaign=campaign, by=administrator)

    campaigns.resume(campaign=campaign, by=administrator, at=tomorrow())

    assert set(Invitation.objects.values_list("reminded_on", flat=True)) == {meeting.today(tomorrow())}


def test_who_was_reminded_on_the_later_day_is_left_out(meeting, asked, administrator):
    campaign = begun(meeting, administrator)
    campaigns.write_batch(campaign.pk)
    campaigns.stop(campaign=campaign, by=administrator)
    for invitation in asked:  # one has a mail that is held, the other none yet
        services.remind(invitation=invitation, by=administrator, at=tomorrow())

    campaigns.resume(campaign=campaign, by=administrator, at=tomorrow())
    write_all(campaign, at=tomorrow())

    assert (references(), figures_of(campaign)["left_out"]) == ([], {"today": 2})


def test_a_worker_that_slept_over_midnight_looks_again(meeting, asked, administrator):
    campaign = begun(meeting, administrator)
    services.remind(invitation=asked[0], by=administrator, at=tomorrow())

    write_all(campaign, at=tomorrow())

    assert (references(), figures_of(campaign)["left_out"]) == ([asked[1].reference], {"today": 1})
