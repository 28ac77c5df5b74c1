"""Campaigns: begun once, one mail each, stopped and gone on with."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from correspondence import campaigns
from correspondence.models import Campaign, Message
from correspondence.models.campaigns import figures_of
from tests.factories import CampaignFactory, MeetingFactory, ParticipantFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def clerk(administrator):
    return administrator


def write_all(campaign):
    while campaigns.write_batch(campaign.pk):
        pass


def begun(clerk, meeting, **more):
    campaign = CampaignFactory(query=f"meeting__id__exact={meeting.pk}", **more)
    mails = sum(not one.why_not for one in campaigns.found_by(campaign, clerk))
    return campaigns.begin(campaign=campaign, by=clerk, mails=mails)


def test_each_gets_one_mail_in_their_language(clerk, meeting):
    ParticipantFactory(meeting=meeting, given_name="Maeve", family_name="Orrin", email="maeve@police.example", language="en")
    ParticipantFactory(meeting=meeting, given_name="Luc", family_name="Tardieu", email="luc@police.example", language="fr")

    write_all(begun(clerk, meeting))

    written = Message.objects.order_by("to").values_list("to", "language", "subject", "body")
    assert list(written) == [
        ("luc@police.example", "fr", f"Salle changée : {meeting.city_fr or meeting.city_en}", "Bonjour Luc Tardieu"),
        ("maeve@police.example", "en", f"Another room: {meeting.city_en}", "Dear Maeve Orrin"),
    ]


def test_nobody_gets_two_mails_and_each_who_gets_none_has_a_reason(clerk, meeting):
    other = MeetingFactory()
    ParticipantFactory(meeting=meeting, email="one@police.example")
    ParticipantFactory(meeting=other, email="One@police.example", user=None)
    ParticipantFactory(meeting=meeting, email="", user=None)
    ParticipantFactory(meeting=meeting, email="", user=None, family_name="", given_name="")
    ParticipantFactory(meeting=meeting, unconfirmed=True, email="two@police.example")
    campaign = CampaignFactory(query="meeting__id__exact=all")

    reasons = sorted(one.why_not for one in campaigns.found_by(campaign, clerk))

    assert reasons == ["", "duplicate", "erased", "no_address"]


def test_an_unproven_address_is_not_written_to(clerk, meeting):
    ParticipantFactory(meeting=meeting, unconfirmed=True)
    campaign = CampaignFactory(query=f"meeting__id__exact={meeting.pk}&state__exact=unconfirmed")

    assert [one.why_not for one in campaigns.found_by(campaign, clerk)] == ["unproven"]


def test_a_protected_person_is_not_named_in_the_mail(clerk, meeting):
    ParticipantFactory(meeting=meeting, given_name="Ines", family_name="Hidden", is_protected=True, language="en")

    write_all(begun(clerk, meeting))

    message = Message.objects.get()
    assert (message.body, message.hides_address) == ("Dear participant", True)


def test_a_number_that_is_not_the_one_agreed_to_sends_nothing(clerk, meeting):
    ParticipantFactory.create_batch(2, meeting=meeting)
    campaign = CampaignFactory(query=f"meeting__id__exact={meeting.pk}")

    with pytest.raises(campaigns.CountChanged, match="2 mails would go out now, not 1"):
        campaigns.begin(campaign=campaign, by=clerk, mails=1)

    campaign.refresh_from_db()
    assert (campaign.state, campaign.recipients.count()) == ("draft", 0)


def test_a_language_without_words_says_how_many_read_it(clerk, meeting):
    ParticipantFactory(meeting=meeting, language="en")
    ParticipantFactory.create_batch(2, meeting=meeting, language="fr")
    campaign = CampaignFactory(query=f"meeting__id__exact={meeting.pk}", body_fr="")

    with pytest.raises(campaigns.WordsMissing, match=r"^Subject or text in French is missing, which 2 people read\.$"):
        campaigns.begin(campaign=campaign, by=clerk, mails=3)


def test_a_language_nobody_reads_needs_no_words(clerk, meeting):
    ParticipantFactory(meeting=meeting, language="en")

    campaign = begun(clerk, meeting, body_fr="", subject_fr="")

    assert campaign.state == "sending"


def test_a_campaign_to_nobody_is_not_sent(clerk, meeting):
    campaign = CampaignFactory(query=f"meeting__id__exact={meeting.pk}")

    with pytest.raises(campaigns.NobodyToWriteTo):
        campaigns.begin(campaign=campaign, by=clerk, mails=0)


def test_a_campaign_begins_once(clerk, meeting):
    ParticipantFactory(meeting=meeting)
    campaign = begun(clerk, meeting)

    with pytest.raises(campaigns.WrongState):
        campaigns.begin(campaign=campaign, by=clerk, mails=1)


def test_what_was_searched_is_forgotten_once_it_is_sent(clerk, meeting):
    ParticipantFactory(meeting=meeting)

    campaign = begun(clerk, meeting)

    assert campaign.query == ""


def test_a_batch_written_again_writes_nothing_twice(clerk, meeting):
    ParticipantFactory.create_batch(3, meeting=meeting)
    campaign = begun(clerk, meeting)
    write_all(campaign)
    campaign.recipients.update(written_at=None)  # as if the note had been lost

    write_all_once = campaigns.write_batch(campaign.pk)

    assert (write_all_once, Message.objects.count()) == (3, 3)


def test_who_is_erased_between_start_and_batch_gets_none(clerk, meeting):
    person = ParticipantFactory(meeting=meeting)
    campaign = begun(clerk, meeting)
    type(person).objects.filter(pk=person.pk).update(family_name="", given_name="", email="", user=None)

    write_all(campaign)

    assert (Message.objects.count(), figures_of(campaign)["left_out"]) == (0, {"erased": 1})


def test_an_address_that_is_none_does_not_stop_the_others(clerk, meeting):
    broken = ParticipantFactory(meeting=meeting)
    ParticipantFactory(meeting=meeting)
    type(broken).objects.filter(pk=broken.pk).update(email="not an address")
    campaign = begun(clerk, meeting)

    write_all(campaign)

    assert (Message.objects.count(), figures_of(campaign)["left_out"]) == (1, {"unusable": 1})


def test_stopped_nothing_leaves_and_nothing_more_is_written(clerk, meeting, monkeypatch):
    monkeypatch.setattr(campaigns, "BATCH", 2)
    ParticipantFactory.create_batch(5, meeting=meeting)
    campaign = begun(clerk, meeting)
    campaigns.write_batch(campaign.pk)

    campaigns.stop(campaign=campaign, by=clerk)

    assert campaigns.write_batch(campaign.pk) == 0
    assert Message.objects.due(timezone.now()).count() == 0
    numbers = figures_of(campaign)
    assert (numbers["held"], numbers["waiting"]) == (2, 3)


def test_gone_on_with_everybody_gets_theirs(clerk, meeting, monkeypatch):
    monkeypatch.setattr(campaigns, "BATCH", 2)
    ParticipantFactory.create_batch(5, meeting=meeting)
    campaign = begun(clerk, meeting)
    campaigns.write_batch(campaign.pk)
    campaigns.stop(campaign=campaign, by=clerk)

    campaigns.resume(campaign=campaign, by=clerk)
    write_all(campaign)

    assert Message.objects.due(timezone.now()).count() == 5


def test_a_mail_in_hand_that_comes_back_to_a_stopped_campaign_is_held(clerk, meeting):
    ParticipantFactory(meeting=meeting)
    campaign = begun(clerk, meeting)
    write_all(campaign)
    Message.objects.update(state="sending")
    campaigns.stop(campaign=campaign, by=clerk)
    Message.objects.update(state="queued")  # the server said: later

    campaigns.sweep()

    assert Message.objects.get().state == "held"


def test_given_up_those_without_a_mail_get_none(clerk, meeting, monkeypatch):
    monkeypatch.setattr(campaigns, "BATCH", 2)
    ParticipantFactory.create_batch(5, meeting=meeting)
    campaign = begun(clerk, meeting)
    campaigns.write_batch(campaign.pk)
    campaigns.stop(campaign=campaign, by=clerk)

    campaigns.give_up(campaign=campaign, by=clerk)

    assert figures_of(campaign)["left_out"] == {"given_up": 3}
    with pytest.raises(campaigns.WrongState):
        campaigns.resume(campaign=campaign, by=clerk)


def test_only_who_failed_is_tried_again(clerk, meeting):
    ParticipantFactory.create_batch(3, meeting=meeting)
    campaign = begun(clerk, meeting)
    write_all(campaign)
    Message.objects.update(state="sent", sent_at=timezone.now())
    unlucky = Message.objects.order_by("pk").last()
    Message.objects.filter(pk=unlucky.pk).update(state="failed", sent_at=None)
    campaigns.sweep()

    queued = campaigns.send_failed_again(campaign=campaign, by=clerk)

    assert queued == 1
    assert list(Message.objects.due(timezone.now()).values_list("pk", flat=True)) == [unlucky.pk]


def test_the_sweep_ends_a_campaign_of_which_nothing_waits(clerk, meeting):
    ParticipantFactory(meeting=meeting)
    campaign = begun(clerk, meeting)
    write_all(campaign)
    campaigns.sweep()
    assert Campaign.objects.get().state == "sending"
    Message.objects.update(state="sent", sent_at=timezone.now())

    campaigns.sweep()

    assert Campaign.objects.get().state == "done"


def test_the_sweep_goes_on_with_what_a_dead_worker_left(clerk, meeting, settings):
    ParticipantFactory(meeting=meeting)
    campaign = begun(clerk, meeting)
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.all().delete()
    campaigns.sweep()
    assert DBTaskResult.objects.count() == 0

    campaigns.sweep(at=timezone.now() + dt.timedelta(minutes=3))

    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[campaign.pk]]


def test_an_unknown_placeholder_is_refused_by_name():
    campaign = CampaignFactory.build(body_en="Dear {nmae}")

    with pytest.raises(ValidationError) as refusal:
        campaign.full_clean()

    assert refusal.value.message_dict["body_en"][0].startswith("Unknown placeholder: {nmae}.")


def test_a_test_goes_to_oneself_in_each_language_that_is_written(clerk, meeting):
    ParticipantFactory(meeting=meeting, given_name="Maeve", family_name="Orrin")
    campaign = CampaignFactory(query=f"meeting__id__exact={meeting.pk}")
    person = campaigns.found_by(campaign, clerk)[0]

    campaigns.try_out(campaign=campaign, person=person, to=clerk, event="a")

    assert list(Message.objects.order_by("language").values_list("to", "body")) == [
        (clerk.email, "Dear Maeve Orrin"),
        (clerk.email, "Bonjour Maeve Orrin"),
    ]


def test_whoever_may_not_see_the_people_may_not_write_to_them():
    from correspondence import audiences

    assert not audiences.get("participants").is_open_to(UserFactory(staff=True))
