"""The page behind the link in the mail."""

import datetime as dt

import pytest
from django.utils import timezone

from delegations.models import InvitationLink
from tests.delegations.services.words import again, link_to
from tests.factories import CorrespondentFactory, InvitationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    return InvitationFactory(sent=True, text_en="Bring papers.")


def headings(response):
    return response.context["reply_sentence"]


def test_opening_the_link_changes_nothing(client, sent):
    response = client.get(f"/invitations/{link_to(sent)}/")

    assert response.status_code == 200
    assert (again(sent).reply, InvitationLink.objects.get().used_at) == ("", None)
    assert response.context["facts"][:1] == [("Invited", "Ireland")]


def test_a_button_answers_and_leads_to_a_page_without_the_token(client, sent):
    token = link_to(sent)

    response = client.post(f"/invitations/{token}/", {"reply": "nominates", "words": ""})

    assert response.status_code == 303
    assert token not in response.headers["Location"]
    assert again(sent).reply == "nominates"
    page = client.get(response.headers["Location"])
    assert (page.status_code, page.context["nominates"]) == (200, True)


def test_regrets_with_words_and_a_change_of_mind(client, sent):
    address = f"/invitations/{link_to(sent)}/"
    client.post(address, {"reply": "regrets", "words": "No budget."})

    page = client.get(address)
    client.post(address, {"reply": "nominates"})

    day = sent.meeting.today()
    assert page.context["reply_sentence"] == f"On {day.day} {day:%B} {day.year} you told us that nobody can come."
    assert "No budget." in page.content.decode()
    assert (again(sent).reply, again(sent).reply_words) == ("nominates", "")


def test_a_person_is_asked_whether_they_come(client):
    invitation = InvitationFactory(to_person=True, sent=True)

    response = client.post(f"/invitations/{link_to(invitation)}/", {"reply": "nominates"}, follow=True)

    assert response.context["reply_sentence"].endswith("you told us that you will come.")
    assert f"/meetings/{invitation.meeting.slug}/register/" in response.content.decode()


@pytest.mark.parametrize("data", [{}, {"reply": "perhaps"}, {"reply": "regrets", "words": "a\u202eb"}])
def test_what_is_no_answer_is_told_so(client, sent, data):
    response = client.post(f"/invitations/{link_to(sent)}/", {"words": "", **data})

    assert response.status_code == 422
    assert again(sent).reply == ""


def test_after_the_deadline_the_page_has_no_buttons_and_takes_no_answer(client):
    invitation = InvitationFactory(sent=True, deadline=timezone.localdate() - dt.timedelta(days=2))
    address = f"/invitations/{link_to(invitation)}/"

    page, answer = client.get(address), client.post(address, {"reply": "nominates"})

    assert 'name="reply"' not in page.content.decode()
    assert (answer.status_code, answer.context["problem"]) == (403, "The deadline has passed; please write to the secretariat.")
    assert again(invitation).reply == ""


@pytest.mark.parametrize(
    ("change", "status"),
    [({}, 200), ({"revoked_at": timezone.now()}, 410), ({"expires_at": timezone.now() - dt.timedelta(days=1)}, 410)],
)
def test_links_that_no_longer_work_say_why(client, sent, change, status):
    token = link_to(sent)
    InvitationLink.objects.update(**change) if change else None

    answers = [client.get(f"/invitations/{token}/"), client.get(f"/invitations/{token}/letter.pdf")]

    assert [answer.status_code for answer in answers] == [status, status]


def test_a_link_nobody_was_sent_leads_nowhere(client):
    answers = [client.get("/invitations/nonsense/"), client.post("/invitations/nonsense/", {"reply": "regrets"})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_letter_is_a_file_that_no_cache_keeps(client, sent):
    response = client.get(f"/fr/invitations/{link_to(sent)}/letter.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content.startswith(b"%PDF")


def test_an_altered_receipt_is_not_found(client):
    assert client.get("/invitations/answered/altered/").status_code == 404


def test_a_browser_that_sends_no_token_of_its_own_is_refused(sent):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post(f"/invitations/{link_to(sent)}/", {"reply": "nominates"})

    assert response.status_code == 403
    assert again(sent).reply == ""


def test_two_correspondents_answer_under_their_own_names(client, sent):
    first, second = CorrespondentFactory().user, CorrespondentFactory().user

    for user in (first, second):
        client.post(f"/invitations/{link_to(sent, user=user, email=user.email)}/", {"reply": "nominates", "words": user.email})

    assert again(sent).replied_by == second
