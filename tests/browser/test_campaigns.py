"""The board, a reminder in one's own words from there, and an organisation's delegation page: on a phone, in French, by keyboard."""

import pytest
from django.utils import timezone

from correspondence import campaigns
from correspondence.models import Campaign, Message
from delegations.models import Nomination
from tests.browser.keyboard import Keyboard
from tests.browser.screen import findings
from tests.factories import (
    BodyFactory,
    CorrespondentFactory,
    CountryFactory,
    InvitationFactory,
    MeetingFactory,
    NominationFactory,
    SectorFactory,
)

PHONE = 320


@pytest.fixture
def strasbourg(committed_db):
    """Ireland and an organisation were invited and are silent; France regrets."""
    meeting = MeetingFactory(slug="strasbourg-2026", code="CYB26")
    ireland = CorrespondentFactory(country=CountryFactory(code="IE", member=True)).country
    InvitationFactory(meeting=meeting, country=ireland, sent=True)
    InvitationFactory(meeting=meeting, country=CountryFactory(code="FR", member=True), regrets=True)
    return meeting


def test_the_silent_are_written_to_from_the_board_with_nothing_but_a_keyboard(strasbourg, secretariat, open_page):
    page = open_page("/fr/admin/delegations/invitation/board/", user=secretariat, width=PHONE, reduced_motion="reduce")
    keyboard, found = Keyboard(page), [findings(page)]

    keyboard.press("main nav a", has_text="Écrire aux délégations sans réponse")
    found.append(findings(page))
    keyboard.type("#id_name", "Rappel")
    keyboard.press("main form button")
    for field, words in (("subject_en", "A reminder"), ("subject_fr", "Rappel"), ("body_en", "Dear {name}"), ("body_fr", "Bonjour {name}")):
        keyboard.type(f"#id_{field}", words)
    found.append(findings(page))
    keyboard.press("[name=_preview]")
    found.append(findings(page))
    page.goto(f"/fr/admin/correspondence/campaign/{Campaign.objects.get().pk}/send/")
    found.append(findings(page))
    keyboard.type("#id_count", "2")
    keyboard.press("main form button")
    page.wait_for_function("document.activeElement.id == 'error-summary'")
    found.append(findings(page))
    keyboard.type("#id_count", "1")
    keyboard.press("main form button")
    campaign = Campaign.objects.get()
    campaigns.write_batch(campaign.pk)
    Message.objects.update(state="sent", sent_at=timezone.now())
    campaigns.sweep()
    page.goto(f"/fr/admin/correspondence/campaign/{campaign.pk}/change/")  # no longer looks again by itself
    found.append(findings(page))

    assert (Campaign.objects.get().state, campaign.mails) == ("done", 1)
    assert found == [{}] * len(found)
    assert keyboard.wrong == {}


def test_an_organisation_puts_somebody_forward_with_nothing_but_a_keyboard(strasbourg, open_page):
    speaker = CorrespondentFactory(of_body=True, body=BodyFactory())
    invitation = InvitationFactory(meeting=strasbourg, to_body=True, body=speaker.body, sent=True)
    NominationFactory(invitation=invitation, family_name="Brennock")
    SectorFactory(code="police")
    page = open_page("/fr/delegation/strasbourg-2026/", user=speaker.user, width=PHONE, reduced_motion="reduce")
    keyboard, found = Keyboard(page), [findings(page)]

    keyboard.press("main a", has_text="Proposer quelqu’un")
    found.append(findings(page))
    keyboard.press("main form button", has_text="Proposer")  # nothing answered
    page.wait_for_function("document.activeElement.id == 'error-summary'")
    found.append(findings(page))
    for field, words in (("family_name", "Orrin"), ("function", "Analyst"), ("email", "orrin@ieo.example")):
        keyboard.type(f"#id_{field}", words)
    keyboard.press("main form button", has_text="Proposer")
    found.append(findings(page))

    assert sorted(Nomination.objects.values_list("family_name", "invitation__body")) == [
        ("Brennock", speaker.body_id),
        ("Orrin", speaker.body_id),
    ]
    assert found == [{}] * len(found)
    assert keyboard.wrong == {}
