"""One person's badges: which there were, printing the valid one, and making it again."""

import pytest

from accounts.models import Look
from attendance.models import Badge
from participants.models import ExportRecord
from tests.factories import BadgeFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
STYLE = {"format": "card", "layout": "single", "language": "fr"}


@pytest.fixture
def page(registration):
    return f"/admin/attendance/badge/person/{registration.pk}/"


def test_the_page_shows_every_badge_and_no_code(office, registration, page):
    badges = [BadgeFactory(participant=registration, void=True), BadgeFactory(participant=registration)]

    response = office.get(page)

    assert set(response.context["badges"]) == set(badges)
    assert [badge.code for badge in badges if badge.code in response.content.decode()] == []


def test_looking_leaves_a_trace(office, registration, page):
    office.get(page)

    look = Look.objects.get()
    assert (look.what, look.reference) == ("participant_page", registration.reference)


def test_the_name_of_somebody_protected_is_hidden(office, protected_registration):
    response = office.get(f"/admin/attendance/badge/person/{protected_registration.pk}/")

    assert "Canary" not in response.content.decode()


@pytest.mark.parametrize("role", ["secretariat", "desk"])
def test_the_badge_is_printed_there(request, client_of, registration, page, role):
    response = client_of(request.getfixturevalue(role)).post(page, STYLE)

    assert (response.headers["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    assert (ExportRecord.objects.get().purpose, ExportRecord.objects.get().rows) == ("badges", 1)


def test_a_reader_does_not_print(client_of, auditor, page):
    assert client_of(auditor).post(page, STYLE).status_code == 403


def test_whoever_has_no_place_has_no_badge_to_print(office, meeting):
    person = ParticipantFactory(meeting=meeting, withdrawn=True)

    assert office.post(f"/admin/attendance/badge/person/{person.pk}/", STYLE).status_code == 403


def test_asking_to_make_it_again_changes_nothing(office, registration, page):
    badge = BadgeFactory(participant=registration)

    assert office.get(f"{page}again/").status_code == 200
    assert list(Badge.objects.valid()) == [badge]


@pytest.mark.parametrize("role", ["secretariat", "desk"])
def test_it_is_made_again_after_the_question(request, client_of, registration, page, said, role):
    old = BadgeFactory(participant=registration)

    response = client_of(request.getfixturevalue(role)).post(f"{page}again/", follow=True)

    assert said(response) == ["A new badge is made. The old one opens nothing any more: print the new one."]
    assert list(Badge.objects.valid().values_list("participant", flat=True)) == [registration.pk]
    assert old not in Badge.objects.valid()


@pytest.mark.parametrize("role", ["host_liaison", "rapporteur", "auditor"])
def test_others_do_not_make_it_again(request, client_of, registration, page, role):
    badge = BadgeFactory(participant=registration)

    assert client_of(request.getfixturevalue(role)).post(f"{page}again/").status_code == 403
    assert list(Badge.objects.valid()) == [badge]


def test_whoever_lost_the_place_is_told(office, meeting, said):
    person = ParticipantFactory(meeting=meeting, withdrawn=True)

    response = office.post(f"/admin/attendance/badge/person/{person.pk}/again/", follow=True)

    assert said(response) == ["Not possible in the present status."]


def test_the_list_of_badges_leads_to_the_person(office, registration, protected_registration, page):
    badge = BadgeFactory(participant=registration)
    BadgeFactory(participant=protected_registration)

    listed = office.get("/admin/attendance/badge/").content.decode()

    assert (f'href="{page}"' in listed, "Canary" in listed, badge.code in listed) == (True, False, False)
    assert office.get(f"/admin/attendance/badge/{badge.pk}/change/").headers["Location"] == page


def test_the_page_of_a_person_leads_there(office, registration, page):
    assert f'href="{page}"' in office.get(f"/admin/participants/participant/{registration.pk}/change/").content.decode()
