"""Badges of many: from a selection and from a filter, with a row in the ledger, and fresh proof before."""

import pytest

from attendance.models import Badge
from participants.models import ExportRecord
from tests.factories import BadgeFactory, MeetingFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
PRINT = "/admin/attendance/badge/print/"
STYLE = {"asked": "1", "format": "a6", "layout": "sheet", "language": "both"}


def test_the_page_asks_how_the_badges_are_to_look(office, registration):
    response = office.post(PRINT, {"_selected_action": [registration.pk], "select_across": "0"})

    assert (response.status_code, list(response.context["form"].fields)) == (200, ["format", "layout", "language"])
    assert (response.context["people"], response.context["others"]) == ([registration], 0)
    assert Badge.objects.count() == 0


def test_the_badges_come_as_a_file(office, registration):
    response = office.post(PRINT, {**STYLE, "people": [registration.pk]})

    assert (response.headers["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="badges-strasbourg-2026-')
    assert response.headers["Cache-Control"].split(",")[0] == "no-store"
    assert Badge.objects.valid().get().participant == registration


def test_printing_leaves_a_row_in_the_ledger(office, registration, secretariat):
    office.post(PRINT, {**STYLE, "people": [registration.pk]})

    record = ExportRecord.objects.get()
    assert (record.made_by, record.meeting, record.purpose, record.rows) == (secretariat, registration.meeting, "badges", 1)
    assert record.options == {"format": "pdf", "size": "a6", "layout": "sheet", "language": "both"}
    assert (record.people.keys(), record.protected_names) == ([registration.pk], False)


def test_everybody_whom_the_filters_show(office, registration, other_expert):
    ParticipantFactory(meeting=registration.meeting, pending=True)

    response = office.get(f"{PRINT}?meeting__id__exact={registration.meeting_id}")

    assert ([person.family_name for person in response.context["people"]], response.context["others"]) == (["Brandt", "Orrin"], 1)


def test_the_whole_filter_is_chosen_from_the_selection(office, registration, other_expert):
    response = office.post(PRINT, {"_selected_action": [registration.pk], "select_across": "1"})

    assert [person.family_name for person in response.context["people"]] == ["Brandt", "Orrin"]


def test_the_ledger_keeps_no_words_that_were_searched_for(office, registration):
    office.post(f"{PRINT}?q=Orrin", {**STYLE, "people": [registration.pk]})

    assert "Orrin" not in str(ExportRecord.objects.get().filters)


def test_nobody_ticked_is_nobody_printed(office, registration, said):
    response = office.post(PRINT, {"select_across": "0"}, follow=True)

    assert said(response) == ["Badges are for people with a place. Nobody you chose has one."]


def test_people_of_two_meetings_are_not_printed_together(office, registration, said):
    other = ParticipantFactory(meeting=MeetingFactory())

    response = office.post(PRINT, {**STYLE, "people": [registration.pk, other.pk]}, follow=True)

    assert said(response) == ["Choose people of one meeting. Nothing was printed."]
    assert (Badge.objects.count(), ExportRecord.objects.count()) == (0, 0)


def test_a_valid_badge_keeps_its_code(office, registration):
    badge = BadgeFactory(participant=registration)

    office.post(PRINT, {**STYLE, "people": [registration.pk]})

    assert list(Badge.objects.all()) == [badge]


def test_a_wrong_answer_is_named(office, registration):
    response = office.post(PRINT, {**STYLE, "format": "poster", "people": [registration.pk]})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["format"])


def test_stale_proof_asks_again(client_of, secretariat, registration):
    response = client_of(secretariat, minutes=20).post(PRINT, {**STYLE, "people": [registration.pk]})

    assert (response.status_code, Badge.objects.count()) == (302, 0)
    assert response.headers["Location"].startswith("/accounts/")


@pytest.mark.parametrize("role", ["host_liaison", "desk", "rapporteur", "auditor"])
def test_nobody_else_prints(request, client_of, registration, role):
    response = client_of(request.getfixturevalue(role)).post(PRINT, {**STYLE, "people": [registration.pk]})

    assert (response.status_code, Badge.objects.count()) == (403, 0)


def test_the_list_offers_both_ways(office, registration):
    page = office.get("/admin/participants/participant/").content.decode()

    assert page.count(f'href="{PRINT}') == 1
    assert page.count(f'formaction="{PRINT}') == 1


def test_the_page_warns_of_those_without_an_alias(office, meeting):
    person = ParticipantFactory(meeting=meeting, protected=True, alias="")

    response = office.post(PRINT, {"_selected_action": [person.pk], "select_across": "0"})

    assert response.context["unnamed"] == 1
