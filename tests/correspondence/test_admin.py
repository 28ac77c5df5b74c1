"""The words of mails and the outbox in the back office."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from correspondence.models import Heartbeat, Message, MessageTemplate
from tests.factories import MessageFactory
from tests.filled import filled

OUTBOX, TEMPLATES = "/admin/correspondence/message/", "/admin/correspondence/messagetemplate/"
HIDDEN = "livia.canary@polizia.example"


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


@pytest.fixture
def reader(client_of, auditor):
    """Somebody who may look at the outbox and see no protected name."""
    return client_of(auditor)


def said(response):
    return [str(message) for message in response.context["messages"]]


def rows(response):
    return list(response.context["cl"].result_list)


def figures(response):
    return [(figure["number"], str(figure["label"])) for figure in response.context["figures"]]


# --- outbox: who sees what ---


@pytest.mark.parametrize("path", [f"{OUTBOX}add/", f"{TEMPLATES}add/"])
def test_nobody_adds(client_of, administrator, path):
    assert client_of(administrator).get(path).status_code == 403


@pytest.mark.parametrize("page", ["delete/", "change/"])
def test_nobody_changes_or_deletes_a_message(client_of, administrator, page):
    message = MessageFactory()

    response = client_of(administrator).post(f"{OUTBOX}{message.pk}/{page}", {"subject": "Other", "post": "yes"})

    assert response.status_code == 403
    assert Message.objects.get().subject == "You have a place"


@pytest.mark.parametrize("path", [OUTBOX, TEMPLATES])
def test_those_without_the_right_are_refused(client_of, host_liaison, path):
    assert client_of(host_liaison).get(path).status_code == 403


@pytest.mark.parametrize("path", ["", "{pk}/change/"])
def test_a_hidden_address_is_shown_to_nobody_without_the_right(reader, path):
    message = MessageFactory(
        to=HIDDEN, hides_address=True, body="Dear Livia Canary,", failed=True, problem=f"Refused: 550 <{HIDDEN}>: unknown"
    )

    page = reader.get(OUTBOX + path.format(pk=message.pk)).content.decode()

    assert "Canary" not in page
    assert HIDDEN not in page
    assert "not shown" in page


def test_a_hidden_address_is_shown_to_nobody(office):
    message = MessageFactory(to=HIDDEN, hides_address=True)

    assert HIDDEN not in office.get(f"{OUTBOX}{message.pk}/change/").content.decode()


def test_a_common_address_is_shown(reader):
    MessageFactory(to="maeve.orrin@garda.example")

    assert "maeve.orrin@garda.example" in reader.get(OUTBOX).content.decode()


def test_the_text_of_a_message_is_shown_on_its_page(reader):
    message = MessageFactory(body="Dear Maeve,\n\nYour place is confirmed.")

    assert "Your place is confirmed." in reader.get(f"{OUTBOX}{message.pk}/change/").content.decode()


def test_a_link_or_code_is_shown_to_nobody(client_of, administrator):
    message = MessageFactory(is_secret=True, body="Your code is K7QM2X.")

    page = client_of(administrator).get(f"{OUTBOX}{message.pk}/change/").content.decode()

    assert "K7QM2X" not in page


def test_the_list_does_not_read_the_texts(office):
    MessageFactory()

    with CaptureQueriesContext(connection) as queries:
        office.get(OUTBOX)

    assert not [query["sql"] for query in queries if '"correspondence_message"."body"' in query["sql"]]


# --- outbox: list ---


def test_messages_are_found_by_reference_and_subject(office):
    by_reference, by_subject = MessageFactory(reference="CYB26-H4KX7MP"), MessageFactory(subject="Your code")
    MessageFactory()

    assert rows(office.get(OUTBOX, {"q": "h4kx7mp"})) == [by_reference]
    assert rows(office.get(OUTBOX, {"q": "your code"})) == [by_subject]


def test_the_search_does_not_look_into_addresses(office):
    MessageFactory(to=HIDDEN, hides_address=True)

    assert rows(office.get(OUTBOX, {"q": "canary"})) == []


def test_the_outbox_is_filtered_by_state_and_kind(office):
    failed = MessageFactory(failed=True)
    code = MessageFactory(kind="sign_in_code", sent=True)

    assert rows(office.get(OUTBOX, {"state__exact": "failed"})) == [failed]
    assert rows(office.get(OUTBOX, {"kind": "sign_in_code"})) == [code]


def test_a_kind_that_has_gone_since_is_shown_by_its_key(office):
    MessageFactory(kind="carrier_pigeon")

    assert "carrier_pigeon" in office.get(OUTBOX).content.decode()


def test_counts_stand_above_the_list(office):
    MessageFactory.create_batch(2)
    MessageFactory(failed=True)
    MessageFactory.create_batch(3, sent=True)

    assert figures(office.get(OUTBOX)) == [(2, "queued"), (1, "failed"), (3, "sent"), ("never", "worker last seen")]


def test_the_oldest_waiting_message_is_told(office):
    MessageFactory(created_at=timezone.now() - dt.timedelta(hours=3))

    note = office.get(OUTBOX).context["figures"][0]["note"]

    assert note == "the oldest for 3\xa0hours"


def test_mail_that_nobody_takes_up_is_told(office):
    MessageFactory(next_attempt_at=timezone.now() - dt.timedelta(minutes=6))

    note = office.get(OUTBOX).context["figures"][0]["note"]

    assert note.endswith("Mail is stuck: is a worker running?")


def test_the_worker_was_last_seen(office):
    Heartbeat.objects.create(name="worker", beat_at=timezone.now() - dt.timedelta(minutes=4))

    assert figures(office.get(OUTBOX))[-1] == ("4\xa0minutes ago", "worker last seen")


def test_the_list_asks_as_often_for_three_messages_as_for_one(office):
    MessageFactory()
    office.get(OUTBOX)
    with CaptureQueriesContext(connection) as for_one:
        office.get(OUTBOX)
    MessageFactory.create_batch(2, failed=True)

    with CaptureQueriesContext(connection) as for_three:
        office.get(OUTBOX)

    assert len(for_three) == len(for_one)


# --- sending again ---


def test_send_again_queues_what_failed_and_says_what_became_of_the_rest(office):
    failed, sent, queued = MessageFactory(failed=True), MessageFactory(sent=True), MessageFactory()
    chosen = {"action": "send_chosen_again", "_selected_action": [failed.pk, sent.pk, queued.pk]}

    response = office.post(OUTBOX, chosen, follow=True)

    assert said(response) == [
        "1 message queued again.",
        "1 not sent again: it is queued.",
        "1 not sent again: it is sent.",
    ]
    assert Message.objects.get(pk=failed.pk).state == "queued"


def test_one_message_is_sent_again_from_its_page(office):
    message = MessageFactory(failed=True)

    response = office.post(f"{OUTBOX}{message.pk}/send-again/", follow=True)

    assert said(response) == ["The message is queued again."]
    assert Message.objects.get().attempts == 0


def test_a_message_that_was_sent_is_not_sent_again(office):
    message = MessageFactory(sent=True)

    response = office.post(f"{OUTBOX}{message.pk}/send-again/", follow=True)

    assert said(response) == ["Not sent again: the message is sent."]


def test_looking_sends_nothing(office):
    message = MessageFactory(failed=True)

    assert office.get(f"{OUTBOX}{message.pk}/send-again/").status_code == 405
    assert Message.objects.get().state == "failed"


def test_readers_send_nothing_again(reader):
    message = MessageFactory(failed=True)

    one = reader.post(f"{OUTBOX}{message.pk}/send-again/")
    reader.post(OUTBOX, {"action": "send_chosen_again", "_selected_action": [message.pk]})

    assert one.status_code == 403
    assert Message.objects.get().state == "failed"


@pytest.mark.parametrize("key", ["0", "99999999999999999999999999"])
def test_a_message_that_is_not_there_is_not_found(office, key):
    assert office.post(f"{OUTBOX}{key}/send-again/").status_code == 404


# --- templates ---


@pytest.fixture
def template(db):
    return MessageTemplate.objects.get(kind="registration_confirmed")


def save(browser, template, **changes):
    address = f"{TEMPLATES}{template.pk}/change/"
    return browser.post(address, filled(browser.get(address), "messagetemplate_form", **changes), follow=True)


def preview(browser, template, **typed):
    """The preview by language: of the text typed, or of the text stored."""
    address = f"{TEMPLATES}{template.pk}/preview/"
    response = browser.post(address, typed) if typed else browser.get(address)
    return {preview.language: preview for preview in response.context["previews"]}


TYPED = {"subject_en": "For {name}", "subject_fr": "Pour {name}", "body_en": "See {my_link}", "body_fr": "Voir {my_link}"}


def test_every_mail_is_on_the_list(office):
    assert office.get(TEMPLATES).context["cl"].result_count == MessageTemplate.objects.count()


def test_a_text_that_nobody_touched_is_as_delivered(office):
    assert "edited" not in office.get(TEMPLATES).content.decode()


def test_an_edited_text_is_called_so(office, template):
    save(office, template, subject_en="Your place")

    assert '<td class="field-wording">edited</td>' in office.get(TEMPLATES).content.decode()


def test_a_text_saved_as_it_stands_is_as_delivered(office, template):
    save(office, template)

    assert "edited" not in office.get(TEMPLATES).content.decode()


def test_a_hidden_control_character_is_an_error_beside_its_field(office, template):
    response = save(office, template, body_en="Dear \x1b[2J{name}")

    assert list(response.context["adminform"].form.errors) == ["body_en"]


def test_an_unknown_placeholder_is_an_error_beside_its_field(office, template):
    response = save(office, template, body_fr="Bonjour {prénom}")

    assert list(response.context["adminform"].form.errors) == ["body_fr"]
    assert "{prénom}" not in MessageTemplate.objects.get(pk=template.pk).body_fr


def test_the_form_explains_every_placeholder(office, template):
    page = office.get(f"{TEMPLATES}{template.pk}/change/").content.decode()

    assert "<code>{reference}</code>" in page
    assert "address of the person&#x27;s own page" in page


def test_the_preview_is_filled_with_a_real_row(office, template, registration):
    english = preview(office, template)["en"]

    assert english.subject == "You have a place: Annual meeting on drug-related cybercrime"
    assert english.text.startswith("Dear Maeve Orrin,")
    assert registration.reference in english.html


def test_the_preview_is_in_both_languages(office, template, registration):
    french = preview(office, template)["fr"]

    assert french.subject == "Vous avez une place\u202f: Réunion annuelle sur la cybercriminalité liée aux drogues"
    assert '<html lang="fr">' in french.html


def test_the_preview_names_nobody_protected(office, template, protected_registration):
    assert "Canary" not in preview(office, template)["en"].text


def test_without_a_row_the_preview_tells_what_each_placeholder_means(office, template):
    english = preview(office, template, **TYPED)["en"]

    assert english.subject == "For [the name; “participant” for somebody protected]"
    assert not english.is_real


def test_the_preview_of_a_typed_text_saves_nothing(office, template, registration):
    english = preview(office, template, **TYPED)["en"]

    assert english.subject == "For Maeve Orrin"
    assert MessageTemplate.objects.get(pk=template.pk).subject_en == template.subject_en


def test_the_preview_says_what_cannot_be_saved(office, template):
    page = office.post(f"{TEMPLATES}{template.pk}/preview/", {**TYPED, "subject_en": "For {everybody}"}).content.decode()

    assert "Unknown placeholder: {everybody}." in page


def test_the_preview_shows_the_html_as_text_of_a_closed_frame(office, template, registration):
    page = office.post(f"{TEMPLATES}{template.pk}/preview/", {**TYPED, "body_en": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in page
    assert '<iframe sandbox title="The mail as HTML, English" srcdoc="&lt;!doctype html&gt;' in page


def test_the_preview_allows_the_mails_own_style_sheet_and_no_other(office, template):
    page = office.get(f"{TEMPLATES}{template.pk}/preview/")

    english, french = page.context["previews"]
    assert english.allowed == french.allowed
    assert f"style-src 'self' {english.allowed}" in page.headers["Content-Security-Policy"].split("; ")
    assert "style=" not in english.html.replace("data-style=", "")


def test_a_reader_sees_the_preview_of_the_stored_text(reader, template, registration):
    assert preview(reader, template, **TYPED)["en"].subject == "You have a place: Annual meeting on drug-related cybercrime"


def test_the_preview_is_refused_without_the_right(client_of, host_liaison, template):
    assert client_of(host_liaison).get(f"{TEMPLATES}{template.pk}/preview/").status_code == 403


def test_the_preview_of_a_mail_that_is_not_there_is_not_found(office):
    assert office.get(f"{TEMPLATES}99999999999999999999999999/preview/").status_code == 404


def test_the_history_of_a_text_tells_old_and_new(office, template):
    save(office, template, subject_en="Your place")

    page = office.get(f"{TEMPLATES}{template.pk}/history/").content.decode()

    assert "<strong>Subject (English):</strong> You have a place: {meeting} → Your place" in page
