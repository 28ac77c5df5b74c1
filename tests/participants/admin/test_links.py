"""Personal links on somebody's page in the back office: listed without what opens them, and taken back."""

import re

import pytest
from django.utils import timezone

from participants.models import PersonalLink
from tests.factories import ParticipantFactory, in_days

PROVE = PersonalLink.Purpose.PROVE_ADDRESS


def page_of(person):
    return f"/admin/participants/participant/{person.pk}/change/"


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def person(meeting):
    return ParticipantFactory(meeting=meeting, unconfirmed=True)


def test_the_page_lists_the_links_and_not_what_opens_them(client_of, secretariat, person):
    tokens = [PersonalLink.issue(person, purpose=PROVE, expires_at=in_days(7)) for _ in range(2)]
    PersonalLink.objects.filter(revoked_at=None).update(used_at=timezone.now())

    page = client_of(secretariat).get(page_of(person))

    assert text_of(page).count("Prove the e-mail address") == 2
    assert re.findall(r'<span class="pg-tag pg-tag-(\w+)">(?:works|used|revoked|expired)', page.content.decode()) == ["used", "revoked"]
    kept = [*tokens, *PersonalLink.objects.values_list("token_hash", flat=True)]
    assert [secret for secret in kept if secret in page.content.decode()] == []


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "open"),
        ({"expires_at": in_days(-1)}, "expired"),
        ({"used_at": in_days(-1)}, "used"),
        ({"revoked_at": in_days(-1), "used_at": in_days(-1)}, "revoked"),
    ],
)
def test_what_became_of_a_link(person, changes, state):
    PersonalLink.issue(person, purpose=PROVE, expires_at=in_days(7))
    PersonalLink.objects.update(**changes)

    assert PersonalLink.objects.get().state(timezone.now()) == state


def test_the_button_takes_the_links_back(client_of, secretariat, person):
    token = PersonalLink.issue(person, purpose=PROVE, expires_at=in_days(7))
    browser = client_of(secretariat)

    response = browser.post(f"/admin/participants/participant/{person.pk}/revoke-links/", follow=True)

    assert "1 link is revoked." in text_of(response)
    assert browser.get(f"/registrations/confirm/{token}/").status_code == 410


def test_without_a_link_there_is_nothing_to_take_back(client_of, secretariat, person):
    response = client_of(secretariat).post(f"/admin/participants/participant/{person.pk}/revoke-links/", follow=True)

    assert "There was no link to revoke." in text_of(response)


def test_links_of_others_stay_as_they_are(client_of, secretariat, person, meeting):
    other = ParticipantFactory(meeting=meeting, unconfirmed=True)
    token = PersonalLink.issue(other, purpose=PROVE, expires_at=in_days(7))

    client_of(secretariat).post(f"/admin/participants/participant/{person.pk}/revoke-links/")

    assert client_of(secretariat).get(f"/registrations/confirm/{token}/").status_code == 200


def test_whoever_sees_a_few_columns_sees_no_links(client_of, host_liaison, registration):
    PersonalLink.issue(registration, purpose=PROVE, expires_at=in_days(7))

    assert "Personal links" not in text_of(client_of(host_liaison).get(page_of(registration)))
