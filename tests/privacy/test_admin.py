"""The secretariat publishes the notice; the auditor reads its versions."""

import datetime as dt

from django.contrib.admin.models import LogEntry
from django.utils import timezone

from privacy import notice
from privacy.models import Erasure, NoticeVersion
from tests.privacy.test_notice import keep_needs_for

YEAR = timezone.localdate().year
ADD = "/admin/privacy/noticeversion/add/"


def test_the_page_shows_what_a_new_version_would_change(client_of, secretariat):
    keep_needs_for(14)

    comparisons = client_of(secretariat).get(ADD).context["comparisons"]

    assert [(code, len(lines)) for code, _name, lines in comparisons] == [("en", 2), ("fr", 2)]


def test_the_button_puts_it_in_force(client_of, secretariat):
    keep_needs_for(14)

    response = client_of(secretariat).post(ADD, follow=True)

    version = NoticeVersion.objects.latest()
    assert (version.version, version.published_by) == (f"{YEAR}-2", secretariat)
    assert [str(message) for message in response.context["messages"]] == [f"Version {YEAR}-2 of the privacy notice is in force."]
    assert LogEntry.objects.get().object_repr == f"{YEAR}-2"


def test_where_nothing_changed_there_is_no_button_and_nothing_happens(client_of, secretariat):
    browser = client_of(secretariat)

    assert "Publish this version" not in browser.get(ADD).content.decode()
    assert [str(message) for message in browser.post(ADD, follow=True).context["messages"]] == [
        "The notice in force says the same already."
    ]
    assert NoticeVersion.objects.count() == 1


def test_the_auditor_publishes_nothing(client_of, auditor):
    keep_needs_for(14)

    assert client_of(auditor).post(ADD).status_code == 403
    assert NoticeVersion.objects.count() == 1


def test_the_list_and_the_first_page_say_when_it_is_outdated(client_of, secretariat, auditor):
    def told(user):
        board = client_of(user).get("/admin/").context["board"]
        return [decision.url for decision in board.decisions if "privacy" in decision.text]

    before = told(secretariat)
    keep_needs_for(14)

    assert (before, told(secretariat), told(auditor)) == ([], [ADD], [])
    warnings = client_of(auditor).get("/admin/privacy/noticeversion/").context["messages"]
    assert [str(message) for message in warnings] == ["The notice in force no longer says what the software does: publish a new version."]


def test_a_version_is_read_in_both_languages_and_not_changed(client_of, auditor):
    version = notice.in_force()

    page = client_of(auditor).get(f"/admin/privacy/noticeversion/{version.pk}/change/").content.decode()

    assert version.text_en in page
    assert version.text_fr in page
    assert 'name="_save"' not in page


def test_an_erasure_is_headed_in_french_by_its_name_and_a_written_date(client_of, auditor):
    erasure = Erasure.objects.create(purpose="request", made_at=dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC))

    context = client_of(auditor).get(f"/fr/admin/privacy/erasure/{erasure.pk}/change/").context

    assert (context["title"], context["subtitle"]) == ("Effacement", "sur demande 1er mars 2026, 10h30")
