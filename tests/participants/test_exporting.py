"""The page behind the list's export button, and the file it answers with."""

import csv
import io
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from meetings.models import Meeting
from participants.models import ExportRecord, Needs, Participant
from tests.factories import CountryFactory, ParticipantFactory

ADDRESS = "/admin/participants/participant/export.csv"
ANSWERS = {"format": "csv", "language": "en", "separator": ",", "bom": "on"}

SignIn = Callable[[User], Client]


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))


def offered(response) -> dict[str, int]:
    """How many rows the page promises for each purpose."""
    return {offer["purpose"].key: offer["count"] for offer in response.context["offers"]}


# --- the page ---


def test_page_offers_each_purpose_with_its_number_of_rows(meeting: Meeting, secretariat: User, client_of: SignIn) -> None:
    ParticipantFactory(meeting=meeting)
    ParticipantFactory(meeting=meeting, pending=True)
    ParticipantFactory(meeting=meeting, visibility=Participant.Visibility.HIDDEN)

    response = client_of(secretariat).get(ADDRESS)

    assert response.status_code == 200
    assert response.context["count"] == 3
    assert offered(response) == {"host_security": 2, "catering": 2, "hotel": 2, "transport": 2, "participants_list": 1, "full": 3}


def test_a_status_in_the_filters_decides_for_every_purpose(meeting: Meeting, secretariat: User, client_of: SignIn) -> None:
    ParticipantFactory(meeting=meeting)
    ParticipantFactory.create_batch(2, meeting=meeting, pending=True)

    response = client_of(secretariat).get(ADDRESS, {"state__exact": "pending"})

    assert set(offered(response).values()) == {2}


def test_page_says_the_filters_in_words(registration: Participant, secretariat: User, client_of: SignIn) -> None:
    response = client_of(secretariat).get(ADDRESS, {"state__exact": "confirmed"})

    assert response.context["filters"]["Status"] == "Confirmed"
    assert "Status: Confirmed" in response.content.decode()


def test_page_chooses_no_purpose_for_the_reader(registration: Participant, secretariat: User, client_of: SignIn) -> None:
    response = client_of(secretariat).post(ADDRESS, ANSWERS)

    assert response.context["form"].errors["purpose"] == ["Choose what the list is for."]
    assert ExportRecord.objects.count() == 0


def test_queries_of_the_page_do_not_grow_with_rows(meeting: Meeting, secretariat: User, client_of: SignIn) -> None:
    browser = client_of(secretariat)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(ADDRESS)
        return len(captured)

    ParticipantFactory(meeting=meeting, country=CountryFactory(code="IE"))
    queries()
    with_one = queries()
    for code in ("DE", "AL", "FR"):
        ParticipantFactory(meeting=meeting, country=CountryFactory(code=code))

    assert queries() == with_one


# --- the file ---


@time_machine.travel("2026-11-24T12:00:00Z", tick=False)
def test_file_is_an_attachment_that_nobody_caches(registration: Participant, secretariat: User, client_of: SignIn) -> None:
    response = client_of(secretariat).post(ADDRESS, {**ANSWERS, "purpose": "host_security"})

    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="participants-strasbourg-2026-host-security-2026-11-24.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert [row[0] for row in rows_of(response)] == ["Name", "Maeve ORRIN"]


def test_file_is_streamed(registration: Participant, secretariat: User, client_of: SignIn) -> None:
    response = client_of(secretariat).post(ADDRESS, {**ANSWERS, "purpose": "full"})

    pieces = list(response.streaming_content)

    assert pieces[0].startswith("\ufeffReference,".encode())
    assert len(pieces) == 2


def test_file_holds_what_the_filters_show(meeting: Meeting, secretariat: User, client_of: SignIn) -> None:
    ParticipantFactory(meeting=meeting, given_name="", family_name="Orrin", country=CountryFactory(code="IE"))
    ParticipantFactory(meeting=meeting, given_name="", family_name="Brandt", country=CountryFactory(code="DE"))

    response = client_of(secretariat).post(
        f"{ADDRESS}?country__id__exact={CountryFactory(code='DE').pk}", {**ANSWERS, "purpose": "participants_list"}
    )

    assert [row[0] for row in rows_of(response)] == ["Name", "BRANDT"]


def test_file_in_french_with_semicolons_and_without_mark(registration: Participant, secretariat: User, client_of: SignIn) -> None:
    answers = {"purpose": "hotel", "format": "csv", "language": "fr", "separator": ";"}

    response = client_of(secretariat).post(ADDRESS, answers)

    assert response.getvalue().decode().splitlines()[0] == "Nom;Pays;Arrivée;Départ;Nuits"


def test_file_as_xlsx(registration: Participant, secretariat: User, client_of: SignIn) -> None:
    response = client_of(secretariat).post(ADDRESS, {**ANSWERS, "purpose": "hotel", "format": "xlsx"})

    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response.getvalue()[:2] == b"PK"


def test_ledger_keeps_who_what_for_and_which_filters(registration: Participant, secretariat: User, client_of: SignIn) -> None:
    client_of(secretariat).post(f"{ADDRESS}?state__exact=confirmed", {**ANSWERS, "purpose": "hotel"}).getvalue()

    record = ExportRecord.objects.get()
    assert (record.made_by, record.purpose, record.rows, record.channel) == (secretariat, "hotel", 1, "admin")
    assert (record.filters["Status"], record.filters["address"]) == ("Confirmed", "state__exact=confirmed")


def test_ledger_keeps_that_words_were_searched_for_and_not_which(registration: Participant, secretariat: User, client_of: SignIn) -> None:
    client_of(secretariat).post(f"{ADDRESS}?q=orrin&state__exact=confirmed", {**ANSWERS, "purpose": "hotel"}).getvalue()

    filters = ExportRecord.objects.get().filters
    assert (filters["Search"], filters["address"]) == ("by words that are not kept", "state__exact=confirmed")


def test_ledger_says_when_the_purpose_asked_for_confirmed_people_only(
    registration: Participant, secretariat: User, client_of: SignIn
) -> None:
    client_of(secretariat).post(ADDRESS, {**ANSWERS, "purpose": "hotel"}).getvalue()

    assert ExportRecord.objects.get().filters["status"] == "confirmed, as this purpose asks"


# --- protected names ---


def test_protected_names_need_a_reason(protected_registration: Participant, secretariat: User, client_of: SignIn) -> None:
    response = client_of(secretariat).post(ADDRESS, {**ANSWERS, "purpose": "hotel", "protected_names": "on", "reason": " "})

    assert response.context["form"].errors["reason"] == ["Say why the real names are needed."]
    assert ExportRecord.objects.count() == 0


def test_protected_names_leave_with_tick_and_reason_and_the_ledger_says_so(
    protected_registration: Participant, secretariat: User, client_of: SignIn
) -> None:
    answers = {**ANSWERS, "purpose": "hotel", "protected_names": "on", "reason": "Passports at the desk"}

    response = client_of(secretariat).post(ADDRESS, answers)

    assert rows_of(response)[1][0] == "Livia CANARY"
    assert ExportRecord.objects.filter(protected_names=True, options__reason="Passports at the desk").count() == 1


def test_ledger_does_not_keep_a_protected_name_as_reason(protected_registration: Participant, secretariat: User, client_of: SignIn) -> None:
    answers = {**ANSWERS, "purpose": "hotel", "protected_names": "on", "reason": "Ms Canary is late"}

    client_of(secretariat).post(ADDRESS, answers).getvalue()

    assert ExportRecord.objects.get().options["reason"] == "Ms […] is late"


def test_a_reason_alone_opens_nothing(protected_registration: Participant, secretariat: User, client_of: SignIn) -> None:
    response = client_of(secretariat).post(ADDRESS, {**ANSWERS, "purpose": "hotel", "reason": "Passports at the desk"})

    assert rows_of(response)[1][0] == "Expert K."


def test_protected_names_stay_hidden_from_those_without_the_right(
    protected_registration: Participant, host_liaison: User, client_of: SignIn
) -> None:
    answers = {**ANSWERS, "purpose": "hotel", "protected_names": "on", "reason": "Passports at the desk"}

    response = client_of(host_liaison).post(ADDRESS, answers)

    assert rows_of(response)[1][0] == "Expert K."
    assert ExportRecord.objects.get().protected_names is False


def test_a_hostile_reason_is_an_error_beside_the_field(protected_registration: Participant, secretariat: User, client_of: SignIn) -> None:
    answers = {**ANSWERS, "purpose": "hotel", "protected_names": "on", "reason": "because\u202eof"}

    response = client_of(secretariat).post(ADDRESS, answers)

    assert list(response.context["form"].errors) == ["reason"]


# --- who may ---


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["desk", "rapporteur", "auditor"])
def test_staff_without_the_right_are_refused(request: pytest.FixtureRequest, client_of: SignIn, who: str, method: str) -> None:
    browser = client_of(request.getfixturevalue(who))

    response = getattr(browser, method)(ADDRESS, {**ANSWERS, "purpose": "hotel"})

    assert response.status_code == 403
    assert ExportRecord.objects.count() == 0


def test_visitors_are_sent_to_the_sign_in(client: Client, db: None) -> None:
    response = client.post(ADDRESS, {**ANSWERS, "purpose": "hotel"})

    assert response.status_code == 302
    assert ExportRecord.objects.count() == 0


def test_host_liaison_is_offered_what_the_host_needs(registration: Participant, host_liaison: User, client_of: SignIn) -> None:
    response = client_of(host_liaison).get(ADDRESS)

    assert list(offered(response)) == ["host_security", "catering", "hotel", "transport"]
    assert "protected_names" not in response.context["form"].fields


@pytest.mark.parametrize("purpose", ["participants_list", "full"])
def test_host_liaison_cannot_take_other_lists(registration: Participant, host_liaison: User, client_of: SignIn, purpose: str) -> None:
    response = client_of(host_liaison).post(ADDRESS, {**ANSWERS, "purpose": purpose})

    assert list(response.context["form"].errors) == ["purpose"]
    assert ExportRecord.objects.count() == 0


def test_filters_cannot_narrow_the_counts_to_one_persons_food(
    registration: Participant, other_expert: User, host_liaison: User, client_of: SignIn
) -> None:
    Needs.objects.create(participant=registration, diet=Needs.Diet.KOSHER)

    response = client_of(host_liaison).post(f"{ADDRESS}?q=Brandt", {**ANSWERS, "purpose": "catering"})

    rows = dict(rows_of(response))
    assert (rows["People"], rows["Kosher"]) == ("2", "1 or 2")
    assert ExportRecord.objects.get().filters["counted"] == "everybody confirmed for the meeting"


@pytest.mark.parametrize(("number", "told"), [(0, "0"), (1, "1 or 2"), (2, "1 or 2"), (3, "3")])
def test_small_counts_are_told_roughly_to_whoever_may_not_read_needs(
    meeting: Meeting, host_liaison: User, client_of: SignIn, number: int, told: str
) -> None:
    for person in ParticipantFactory.create_batch(4, meeting=meeting)[:number]:
        Needs.objects.create(participant=person, diet=Needs.Diet.HALAL, accessibility="Step-free access")

    rows = dict(rows_of(client_of(host_liaison).post(ADDRESS, {**ANSWERS, "purpose": "catering"})))

    assert (rows["People"], rows["Halal"], rows["Accessibility needs: ask the secretariat"]) == ("4", told, told)
    assert ExportRecord.objects.get().options["rough_counts"] is True


def test_whoever_may_read_needs_counts_what_the_filters_show(
    registration: Participant, other_expert: User, secretariat: User, client_of: SignIn
) -> None:
    Needs.objects.create(participant=registration, diet=Needs.Diet.KOSHER)

    response = client_of(secretariat).post(f"{ADDRESS}?q=Brandt", {**ANSWERS, "purpose": "catering"})

    rows = dict(rows_of(response))
    assert (rows["People"], rows["Kosher"]) == ("1", "0")


# --- bad input ---


@pytest.mark.parametrize(
    ("field", "value"), [("purpose", "everything"), ("format", "pdf"), ("language", "de"), ("separator", "|"), ("purpose", "\x00")]
)
def test_an_answer_that_is_not_offered_is_an_error_beside_its_field(
    registration: Participant, secretariat: User, client_of: SignIn, field: str, value: str
) -> None:
    response = client_of(secretariat).post(ADDRESS, {**ANSWERS, "purpose": "hotel", field: value})

    assert list(response.context["form"].errors) == [field]
    assert ExportRecord.objects.count() == 0


def test_an_unknown_filter_does_not_widen_the_list(registration: Participant, secretariat: User, client_of: SignIn) -> None:
    response = client_of(secretariat).post(f"{ADDRESS}?state__exact=nonsense", {**ANSWERS, "purpose": "full"})

    assert response.status_code == 400
    assert ExportRecord.objects.count() == 0


def test_a_forged_post_is_refused(registration: Participant, secretariat: User, client_of: SignIn) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = client_of(secretariat).cookies

    response = browser.post(ADDRESS, {**ANSWERS, "purpose": "hotel"})

    assert response.status_code == 403
