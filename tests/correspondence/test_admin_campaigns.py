"""Campaigns in the back office: from the list of people to the numbers afterwards."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts import fresh
from accounts.models import Look
from correspondence import campaigns
from correspondence.admin.campaigns import sending
from correspondence.admin.campaigns.page import progress_of
from correspondence.models import Campaign, Message
from delegations import errors, services
from tests.factories import CampaignFactory, CorrespondentFactory, CountryFactory, InvitationFactory, MeetingFactory, ParticipantFactory

WRITE = "/admin/correspondence/campaign/write"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


@pytest.fixture
def meeting():
    return MeetingFactory()


def page(campaign, name="change", *more):
    return reverse(f"admin:correspondence_campaign_{name}", args=[campaign.pk, *more])


def draft(meeting, **fields):
    return CampaignFactory(query=f"meeting__id__exact={meeting.pk}", counted=1, **fields)


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_list_leads_to_a_draft_to_exactly_its_people(office, meeting):
    ParticipantFactory(meeting=meeting)
    ParticipantFactory(meeting=meeting, waitlisted=True)
    listed = office.get(f"/admin/participants/participant/?meeting__id__exact={meeting.pk}&state__exact=waitlisted")
    link = re.search(rf'href="({WRITE}/participants/[^"]*)"', listed.content.decode())[1].replace("&amp;", "&")

    office.post(link, {"name": "To those who wait"})

    campaign = Campaign.objects.get()
    assert (campaign.name, campaign.counted, campaign.query) == (
        "To those who wait",
        1,
        f"meeting__id__exact={meeting.pk}&state__exact=waitlisted",
    )
    assert campaigns.in_words(campaign, campaign.made_by) == {
        "Meeting": str(meeting),
        "Status": "On the waiting list",
    }


def test_a_draft_without_a_meeting_in_its_address_names_the_coming_one(office, meeting):
    ParticipantFactory(meeting=meeting)

    office.post(f"{WRITE}/participants/?p=2", {"name": "All"})

    assert Campaign.objects.get().query == f"meeting__id__exact={meeting.pk}"


def test_a_filter_that_is_not_known_does_not_write_to_everybody(office, meeting):
    ParticipantFactory(meeting=meeting)

    response = office.post(f"{WRITE}/participants/?state__exact=nonsense", {"name": "All"})

    assert (response.status_code, Campaign.objects.count()) == (400, 0)


def test_a_draft_may_begin_with_a_template_that_fits(office, meeting):
    ParticipantFactory(meeting=meeting)
    form = office.get(f"{WRITE}/participants/?meeting__id__exact={meeting.pk}").context["form"]
    offered = {str(row): key for key, row in form.templates.items()}

    office.post(f"{WRITE}/participants/?meeting__id__exact={meeting.pk}", {"name": "Again", "template": offered["You have a place"]})

    assert Campaign.objects.get().subject_en == form.templates[offered["You have a place"]].subject_en
    assert "Please confirm your address" not in offered  # it needs a link that this audience does not have


def test_a_draft_says_when_the_list_has_changed_since(office, meeting):
    ParticipantFactory.create_batch(2, meeting=meeting)

    standing = office.get(page(draft(meeting))).context["standing"]

    assert (standing.mails, standing.was) == (2, 1)


def test_an_unknown_placeholder_is_named_beside_the_field(office, meeting):
    ParticipantFactory(meeting=meeting)
    campaign = draft(meeting)

    answer = office.post(page(campaign), {"name": "A", "body_en": "{nmae}", "subject_en": "S", "subject_fr": "", "body_fr": ""})

    assert "Unknown placeholder: {nmae}." in text_of(answer)


def test_the_preview_shows_what_one_reader_gets_and_leaves_a_trace(office, meeting):
    ParticipantFactory(meeting=meeting, given_name="Luc", family_name="Tardieu", language="fr")
    person = ParticipantFactory(meeting=meeting, given_name="Maeve", family_name="Orrin", language="en")
    campaign = draft(meeting)

    shown = office.get(page(campaign, "preview"), {"to": person.pk}).context["preview"]

    assert (shown.language, shown.text) == ("en", "Dear Maeve Orrin")
    assert list(Look.objects.filter(what="message").values_list("key", "reference")) == [
        (f"participants.participant:{person.pk}", person.reference)
    ]


def test_the_preview_of_a_protected_person_is_masked(office, meeting):
    ParticipantFactory(meeting=meeting, given_name="Ines", family_name="Hidden", protected=True)

    shown = office.get(page(draft(meeting), "preview"))

    assert (shown.context["preview"].text, "Hidden" in shown.content.decode()) == ("Dear participant", False)


def test_a_test_goes_to_oneself(office, secretariat, meeting):
    person = ParticipantFactory(meeting=meeting)

    office.post(page(draft(meeting), "try"), {"to": person.pk})

    assert set(Message.objects.values_list("to", flat=True)) == {secretariat.email}


def test_nothing_is_sent_before_the_number_is_typed(office, meeting):
    ParticipantFactory(meeting=meeting)
    campaign = draft(meeting)

    wrong = office.post(page(campaign, "send"), {"count": "2"})
    right = office.post(page(campaign, "send"), {"count": "1"})

    campaign.refresh_from_db()
    assert (wrong.status_code, right.status_code, campaign.state, campaign.mails) == (422, 302, "sending", 1)


def test_many_mails_ask_for_fresh_proof(office, meeting, monkeypatch):
    monkeypatch.setattr(sending, "FRESH_ABOVE", 1)
    monkeypatch.setattr(fresh, "is_fresh", lambda request: False)
    ParticipantFactory.create_batch(2, meeting=meeting)
    campaign = draft(meeting)

    office.post(page(campaign, "send"), {"count": "2"})

    campaign.refresh_from_db()
    assert campaign.state == "draft"


def test_a_sent_campaign_cannot_be_changed_or_deleted(office, secretariat, meeting):
    ParticipantFactory(meeting=meeting)
    campaign = campaigns.begin(campaign=draft(meeting), by=secretariat, mails=1)

    changed = office.post(page(campaign), {"name": "Another"})
    deleted = office.post(page(campaign, "delete"), {"post": "yes"})

    assert (changed.status_code, deleted.status_code) == (403, 403)


def test_the_page_looks_again_only_while_mails_go(office, secretariat, meeting):
    ParticipantFactory(meeting=meeting)
    campaign = campaigns.begin(campaign=draft(meeting), by=secretariat, mails=1)
    going = office.get(page(campaign))
    office.post(page(campaign, "step", "stop"))
    stopped = office.get(page(campaign))

    assert (going.headers.get("Refresh"), stopped.headers.get("Refresh")) == ("5", None)


def test_those_it_did_not_reach_stand_on_its_page_with_the_reason(office, secretariat, meeting):
    ParticipantFactory(meeting=meeting, email="", user=None, given_name="Nora", family_name="Silent")
    ParticipantFactory(meeting=meeting)
    campaign = campaigns.begin(campaign=draft(meeting), by=secretariat, mails=1)

    assert [(line["name"], line["why"]) for line in office.get(page(campaign)).context["unreached"]] == [("Nora Silent", "no address")]


def test_the_board_leads_to_those_who_are_silent(office, meeting):
    speaker = CorrespondentFactory()
    silent = InvitationFactory(meeting=meeting, country=speaker.country, sent=True)
    InvitationFactory(meeting=meeting, country=CountryFactory(code="DE"), sent=True, reply="regrets", replied_at=silent.sent_at)
    board = office.get(f"/admin/delegations/invitation/board/?meeting={meeting.pk}&show=silent")
    office.post(dict(board.context["writes"])["Write to delegations"], {"name": "Reminder"})
    campaign = Campaign.objects.get()

    people = campaigns.found_by(campaign, board.wsgi_request.user)

    assert [(one.reference, one.address) for one in people] == [(silent.reference, speaker.user.email)]


def test_those_invited_get_a_link_of_their_own_and_a_preview_makes_none(office, secretariat, meeting):
    speaker = CorrespondentFactory()
    invitation = InvitationFactory(meeting=meeting, country=speaker.country, sent=True)
    words = {"body_en": "Reply: {reply_link}", "body_fr": "Répondre : {reply_link}", "subject_en": "S", "subject_fr": "S"}
    campaign = CampaignFactory(audience="invited", query=f"meeting={meeting.pk}", **words)
    office.get(page(campaign, "preview"))
    assert invitation.links.count() == 0

    campaigns.begin(campaign=campaign, by=secretariat, mails=1)
    campaigns.write_batch(campaign.pk)

    assert (invitation.links.count(), Message.objects.get().is_secret) == (1, True)


def test_the_board_leads_in_one_step_to_a_campaign_to_the_silent(office, meeting):
    InvitationFactory(meeting=meeting, sent=True)
    InvitationFactory(meeting=meeting, sent=True, to_person=True)

    ways = dict(office.get(f"/admin/delegations/invitation/board/?meeting={meeting.pk}").context["writes"])

    assert ways == {
        "Write to delegations": f"{WRITE}/invited/?meeting={meeting.pk}",
        "Write to silent delegations": f"{WRITE}/invited/?meeting={meeting.pk}&show=silent",
        "Write to named persons": f"{WRITE}/invited_people/?meeting={meeting.pk}",
        "Write to silent persons": f"{WRITE}/invited_people/?meeting={meeting.pk}&show=silent",
    }


@pytest.mark.parametrize(
    ("audience", "reached", "templates"),
    [
        ("invited", "pc@ministry.example", ["invitation", "invitation_promise_reminder", "invitation_reminder"]),
        ("invited_people", "maeve@firm.example", ["invitation_person", "invitation_person_reminder"]),
    ],
)
def test_nobody_gets_a_letter_written_for_the_other_kind(office, secretariat, meeting, audience, reached, templates):
    InvitationFactory(meeting=meeting, country=CorrespondentFactory(user__email="pc@ministry.example").country, sent=True)
    InvitationFactory(meeting=meeting, sent=True, to_person=True, email="maeve@firm.example")

    form = office.get(f"{WRITE}/{audience}/?meeting={meeting.pk}").context["form"]
    found = campaigns.found_by(CampaignFactory.build(audience=audience, query=f"meeting={meeting.pk}"), secretariat)

    assert sorted(row.kind for row in form.templates.values()) == templates
    assert [one.address for one in found] == [reached]


def test_whom_it_goes_to_is_said_in_the_language_of_whoever_reads(office, meeting):
    InvitationFactory(meeting=meeting, sent=True)
    office.post(f"{WRITE}/invited/?meeting={meeting.pk}&group=members&show=silent", {"name": "Reminder"})
    campaign = Campaign.objects.get()

    with override("fr"):
        said = campaigns.in_words(campaign, campaign.made_by)

    assert said == {"Réunion": str(meeting), "Qui": "Membres", "État": "Sans réponse"}


def test_a_name_that_was_searched_is_not_kept_with_what_was_sent(office, secretariat, meeting):
    ParticipantFactory(meeting=meeting, family_name="Orrin")
    office.post(f"{WRITE}/participants/?meeting__id__exact={meeting.pk}&q=Orrin", {"name": "One"})
    draft = Campaign.objects.get()
    for name in ("subject", "body"):
        Campaign.objects.update(**{f"{name}_en": "Words", f"{name}_fr": "Mots"})

    sent = campaigns.begin(campaign=draft, by=secretariat, mails=1)

    said = campaigns.in_words(sent, secretariat)
    assert (sent.chosen["query"], said["Search"]) == (f"meeting__id__exact={meeting.pk}&q=", "words not kept")


def test_a_campaign_from_before_says_whom_it_went_to_as_it_was_written(secretariat):
    assert campaigns.in_words(CampaignFactory.build(chosen={"Meeting": "Dublin"}), secretariat) == {"Meeting": "Dublin"}


def test_one_mail_is_counted_in_the_singular(office, secretariat, meeting):
    ParticipantFactory(meeting=meeting)
    campaign = campaigns.begin(campaign=draft(meeting), by=secretariat, mails=1)
    campaigns.write_batch(campaign.pk)
    Message.objects.update(state="sent", sent_at=campaign.sent_at)

    with override("fr"):
        one = progress_of(campaign, is_open=False)["figures"]

    assert one == [("envoyé", 1)]


# --- reminders in the secretariat's own words ---


def reminder(meeting, **more):
    words = {"body_en": "Reply", "body_fr": "Répondez", "subject_en": "S", "subject_fr": "S"}
    return CampaignFactory(audience="invited", query=f"meeting={meeting.pk}&show=silent", **words, **more)


@pytest.fixture
def silent(meeting):
    """Ireland was invited ten days ago and has not answered; two people read its mails."""
    country = CorrespondentFactory(user__email="pc@ministry.example").country
    CorrespondentFactory(user__email="deputy@ministry.example", country=country)
    return InvitationFactory(meeting=meeting, country=country, sent=True)


def test_after_a_campaign_to_the_silent_no_reminder_goes_that_day(secretariat, meeting, silent):
    campaigns.begin(campaign=reminder(meeting), by=secretariat, mails=2)

    silent.refresh_from_db()
    assert silent.reminded_on == meeting.today()
    with pytest.raises(errors.RemindedToday):
        services.remind(invitation=silent, by=secretariat)


def test_after_a_reminder_a_campaign_to_the_silent_leaves_them_out_that_day(secretariat, meeting, silent):
    services.remind(invitation=silent, by=secretariat)

    assert {one.why_not for one in campaigns.found_by(reminder(meeting), secretariat)} == {"today"}


def test_on_the_day_of_the_invitation_a_campaign_to_the_silent_leaves_them_out(secretariat, meeting, silent):
    type(silent).objects.update(sent_at=timezone.now())

    assert {one.why_not for one in campaigns.found_by(reminder(meeting), secretariat)} == {"today"}


def test_a_reminder_that_goes_meanwhile_stops_the_campaign_before_it_begins(secretariat, meeting, silent, monkeypatch):
    campaign = reminder(meeting)
    people = campaigns.found_by(campaign, secretariat)
    services.remind(invitation=silent, by=secretariat)
    monkeypatch.setattr(campaigns, "found_by", lambda *_: people)  # asked a moment too early

    with pytest.raises(campaigns.ListChanged, match="reminded today already"):
        campaigns.begin(campaign=campaign, by=secretariat, mails=2)

    campaign.refresh_from_db()
    assert (campaign.state, campaign.recipients.count()) == ("draft", 0)


def test_news_to_all_invited_is_no_reminder(secretariat, meeting, silent):
    services.remind(invitation=silent, by=secretariat)
    campaign = reminder(meeting)
    campaign.query = f"meeting={meeting.pk}"

    assert {one.why_not for one in campaigns.found_by(campaign, secretariat)} == {""}
