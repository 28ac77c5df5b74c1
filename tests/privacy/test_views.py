"""The notice as everybody reads it."""

import pytest
from django.utils import timezone

from privacy import notice
from privacy.models import NoticeVersion
from tests.privacy.test_notice import keep_needs_for

YEAR = timezone.localdate().year


@pytest.mark.parametrize(("address", "title"), [("/privacy/", "Who is responsible"), ("/fr/privacy/", "Qui est responsable")])
def test_the_notice_in_force_is_read_in_both_languages(client, db, address, title):
    page = client.get(address).content.decode()

    assert f'-1">{title}</h2>' in page
    assert f"Version {YEAR}-1" in page


def test_what_is_read_is_what_was_published(client, db):
    keep_needs_for(14)

    assert notice.in_force().text_en in client.get("/privacy/").content.decode()


def test_an_earlier_version_stays_readable_and_says_that_it_is_over(client, db, secretariat):
    first = notice.in_force()
    keep_needs_for(14)
    notice.publish(by=secretariat)

    page = client.get(f"/privacy/{YEAR}-1/").content.decode()

    assert first.text_en in page
    assert "This version is no longer in force" in page


def test_all_versions_are_listed_at_the_foot(client, db, secretariat):
    keep_needs_for(14)
    notice.publish(by=secretariat)

    response = client.get("/privacy/")

    assert [version.version for version in response.context["versions"]] == [f"{YEAR}-2", f"{YEAR}-1"]
    assert f'<a href="/privacy/{YEAR}-1/">' in response.content.decode()


def test_a_version_that_never_was_is_not_found(client, db):
    assert client.get("/privacy/1999-1/").status_code == 404


def test_before_the_first_version_the_page_shows_what_it_would_say(client, db):
    NoticeVersion.objects.all().let_go()

    response = client.get("/privacy/")

    assert notice.written_in("en") in response.content.decode()
    assert response.context["shown"] is None
