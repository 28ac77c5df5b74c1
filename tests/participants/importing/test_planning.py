"""What becomes of each row, and why."""

import datetime as dt
import io

import pytest

from delegations.models import Body, Country
from participants import services
from participants.exports import PURPOSES, Choice, start_export
from participants.importing import columns, planning, sheets
from participants.models import Participant
from tests.factories import BodyFactory, CountryFactory, MeetingFactory, ParticipantFactory, SectorFactory

MAEVE = ["Maeve", "Orrin", "maeve.orrin@garda.example", "IE", "Police", "National Police"]


def changes(plan):
    return [[(change.field, change.old, change.new) for change in entry.changes] for entry in plan.entries]


def reasons(plan):
    return [entry.reason for entry in plan.entries]


def problems(plan):
    return [entry.said.problems for entry in plan.entries]


# --- new ---


def test_somebody_who_is_not_registered_is_new(planned):
    plan = planned([["Siobhán", "Ní Bhriain-O'Connor", "Siobhan@Garda.Example", "Ireland", "police", "An Garda Síochána"]])

    assert [entry.group for entry in plan.entries] == ["new"]
    assert plan.entries[0].said.values == {
        "given_name": "Siobhán",
        "family_name": "Ní Bhriain-O'Connor",
        "email": "siobhan@garda.example",
        "country_id": Country.objects.get(code="IE").pk,
        "sector_id": SectorFactory(code="police").pk,
        "organisation": "An Garda Síochána",
        "category": "member_state",
    }


@pytest.mark.parametrize(
    ("row", "category"),
    [
        (["A", "Orrin", "", "US", "police", ""], "other_state"),
        (["A", "Orrin", "", "IE", "University", ""], "academia"),
        (["A", "Orrin", "", "", "Private sector", ""], "private_sector"),
    ],
)
def test_the_category_follows_from_sector_and_country(planned, row, category):
    assert planned([row]).entries[0].said.values["category"] == category


def test_a_category_that_is_said_stays(planned):
    plan = planned([["Orrin", "FR", "police", "Secrétariat"]], headings=("Nom de famille", "Pays", "Secteur", "Catégorie"))

    assert plan.entries[0].said.values["category"] == "secretariat"


def test_those_of_an_international_organisation_need_no_sector(planned):
    plan = planned([["Orrin", "OEDT"]], headings=("Nom de famille", "Organisation internationale"))

    values = plan.entries[0].said.values
    assert (values["body_id"], values["category"]) == (Body.objects.get(code="EMCDDA").pk, "international_organisation")


def test_a_sector_is_chosen_for_those_of_whom_the_list_says_none(groups):
    rows = [["Maeve", "Orrin", "", "IE", "", ""]]

    assert groups(rows) == ["faulty"]
    assert groups(rows, default_sector="customs") == ["new"]


def test_names_stay_as_typed(planned):
    plan = planned([["maeve", "O'ORRIN van der mEER", "", "IE", "police", ""]])

    assert plan.entries[0].said.values["family_name"] == "O'ORRIN van der mEER"


# --- known ---


def test_the_same_again_is_the_same(groups, registration):
    assert groups([MAEVE]) == ["same"]


def test_an_empty_cell_says_nothing(groups, registration):
    assert groups([["", "", "maeve.orrin@garda.example", "", "", ""]]) == ["same"]


def test_what_is_otherwise_is_named_old_and_new(planned, registration):
    plan = planned([[*MAEVE[:5], "Garda"], ["Jonas", "Brandt", "jonas@zoll.example", "DE", "Customs", ""]])

    assert [entry.group for entry in plan.entries] == ["changed", "new"]
    assert changes(plan)[0] == [("organisation", "National Police", "Garda")]


def test_another_country_brings_another_category(planned, registration):
    plan = planned([[*MAEVE[:3], "United States", "", ""]])

    assert changes(plan) == [
        [
            ("country_id", registration.country_id, Country.objects.get(code="US").pk),
            ("category", "member_state", "other_state"),
        ]
    ]


def test_a_category_chosen_by_hand_stays(planned, registration):
    registration.category = "host"
    registration.save()

    assert changes(planned([[*MAEVE[:3], "United States", "", ""]])) == [
        [("country_id", registration.country_id, Country.objects.get(code="US").pk)]
    ]


def test_somebody_is_recognised_by_reference_before_the_address(planned, registration):
    plan = planned([[registration.reference, "maeve@private.example"]], headings=("Reference", "E-mail"))

    assert changes(plan) == [[("email", "maeve.orrin@garda.example", "maeve@private.example")]]


def test_an_address_of_somebody_else_is_faulty(planned, registration, other_expert):
    plan = planned([[registration.reference, other_expert.email]], headings=("Reference", "E-mail"))

    assert problems(plan) == [{"email": "Somebody else is registered with this address."}]


def test_without_an_address_name_and_country_tell(groups, registration):
    assert groups([["Maeve", "Orrin", "", "Ireland", "", ""]]) == ["same"]
    assert groups([["MAEVE", "orrin", "", "Ireland", "", ""]]) == ["changed"]
    assert groups([["Orrin", "Maeve", "", "Ireland", "Police", "Garda"]]) == ["changed"]


def test_the_address_of_a_registration_that_was_merged_leads_to_the_one_that_stands(planned, registration, secretariat):
    other = ParticipantFactory(meeting=registration.meeting, email="maeve@private.example")
    services.merge(survivor=registration, other=other, by=secretariat)

    plan = planned([["", "", "maeve@private.example", "", "", "Garda"]])

    assert (plan.entries[0].participant, changes(plan)) == (registration, [[("organisation", "National Police", "Garda")]])


def test_the_status_of_somebody_registered_is_decided_elsewhere(groups, registration):
    assert groups([[registration.reference, "Withdrawn"]], headings=("Reference", "Status")) == ["same"]


@pytest.mark.parametrize("status", ["Withdrawn", "Retirée", "Declined", "Rejected", "Canceled", "Expired"])
def test_whoever_does_not_come_is_left_out(planned, status):
    plan = planned([["Orrin", "IE", "police", status]], headings=("Family name", "Country", "Sector", "Status"))

    assert [entry.group for entry in plan.entries] == ["left_out"]
    assert reasons(plan) == [f"The list says: {status}."]


# --- duplicates ---


def test_the_same_address_twice_in_a_file(planned):
    plan = planned([["A", "Orrin", "a@b.example", "IE", "police", ""], ["B", "Other", "A@B.example", "IE", "police", ""]])

    assert [entry.group for entry in plan.entries] == ["new", "duplicate"]
    assert reasons(plan) == ["", "The same address stands in row 2."]


def test_the_same_name_and_country_twice_in_a_file(planned):
    rows = [["Éloïse", "Lefèvre", "a@b.example", "FR", "police", ""], ["LEFEVRE", "Eloise", "c@d.example", "France", "police", ""]]

    assert [entry.group for entry in planned(rows).entries] == ["new", "duplicate"]
    assert [entry.group for entry in planned(rows, taken=frozenset({3})).entries] == ["new", "new"]


def test_the_same_name_in_another_country_is_another_person(groups):
    assert groups([["Ana", "Costa", "", "PT", "police", ""], ["Ana", "Costa", "", "IT", "police", ""]]) == ["new", "new"]


def test_somebody_registered_under_another_address(planned, registration):
    plan = planned([["Orrin", "Maeve", "maeve@private.example", "Irlande", "police", ""]])

    assert [entry.group for entry in plan.entries] == ["duplicate"]
    assert plan.entries[0].participant == registration
    assert plan.entries[0].may_be_taken


def test_two_rows_about_the_same_person(planned, registration):
    plan = planned([[registration.reference, ""], ["", registration.email]], headings=("Reference", "E-mail"))

    assert [entry.group for entry in plan.entries] == ["same", "duplicate"]


def test_a_form_that_waits_for_its_owner(planned, meeting):
    ParticipantFactory(meeting=meeting, unconfirmed=True, email="nuala@garda.example", family_name="Fallon")

    plan = planned([["Nuala", "Other", "nuala@garda.example", "IE", "police", ""]])

    assert [entry.group for entry in plan.entries] == ["duplicate"]
    assert reasons(plan) == ["There is a form with this address that its owner has not confirmed yet."]


# --- faulty ---


def test_faults_are_named_by_row_and_column(planned):
    plan = planned(
        [
            ["Maeve", "", "", "IE", "police", ""],
            ["A", "Orrin", "not an address", "Atlantis", "polce", "two\x07"],
            ["A", "Orrin", "", "", "police", ""],
        ]
    )

    assert [entry.group for entry in plan.entries] == ["faulty"] * 3
    assert problems(plan) == [
        {"family_name": "The family name is missing."},
        {
            "email": "Enter an e-mail address, like name@example.org.",
            "country": "“Atlantis” is not known.",
            "sector": "“polce” is not known. Did you mean Police?",
            "organisation": "This contains a hidden control character. Please type it again.",
        },
        {"country": "The country is missing: somebody sent by a state needs one."},
    ]


def test_a_faulty_row_that_is_left_out_is_no_fault(planned):
    plan = planned([["A", "Orrin", "?", "IE", "police", ""], MAEVE], left_out=frozenset({2}))

    assert [entry.group for entry in plan.entries] == ["left_out", "new"]
    assert plan.is_ready


def test_a_plan_with_faults_or_without_anything_new_is_not_ready(planned, registration):
    assert not planned([["A", "Orrin", "?", "IE", "police", ""], ["B", "Beta", "", "IE", "police", ""]]).is_ready
    assert not planned([MAEVE]).is_ready


# --- places ---


def people(count):
    return [[f"G{number}", f"F{number}", f"p{number}@police.example", "IE", "police", ""] for number in range(count)]


def test_those_for_whom_no_place_is_free_wait(planned, meeting):
    meeting.capacity = 2
    meeting.save()
    ParticipantFactory(meeting=meeting)

    plan = planned(people(3), new_state="confirmed")

    assert [entry.waits for entry in plan.entries] == [False, True, True]
    assert plan.waiting == 2


def test_nobody_waits_for_a_decision_that_was_not_taken(planned, meeting):
    meeting.capacity = 0
    meeting.save()

    assert planned(people(2)).waiting == 0


def test_history_has_no_limit(planned, past_meeting):
    past_meeting.capacity = 1
    past_meeting.save()

    assert planned(people(3), for_meeting=past_meeting, new_state="confirmed").waiting == 0


def test_a_change_that_needs_a_place_when_none_is_free_is_faulty(planned, meeting):
    meeting.capacity = 1
    meeting.save()
    ParticipantFactory(meeting=meeting)
    speaker = ParticipantFactory(meeting=meeting, category="interpreter")

    plan = planned([[speaker.reference, "Member state"]], headings=("Reference", "Category"))

    assert problems(plan) == [{"category": "No place is free for the new category."}]


# --- the protected, the erased, and our own export ---


def test_a_protected_person_is_never_changed(planned, protected_registration):
    plan = planned([["Livia", "Other", "livia.canary@polizia.example", "FR", "customs", "Elsewhere"]])

    assert [(entry.group, entry.changes) for entry in plan.entries] == [("same", [])]
    assert reasons(plan) == ["Protected: an import changes nothing."]


def test_a_name_does_not_tell_that_somebody_is_protected(groups, protected_registration):
    assert groups([["Livia", "Canary", "", "IT", "police", ""], ["Livia", "Canary", "x@y.example", "FR", "police", ""]]) == ["new", "new"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_our_own_export_changes_nothing(meeting, language, file_format):
    for state in ("pending", "waitlisted", "confirmed", "declined", "withdrawn", "unconfirmed"):
        ParticipantFactory(meeting=meeting, phone="+353 1 555 01 00", function="=1+1", salutation="ms", **{state: True})
    ParticipantFactory(meeting=meeting, protected=True, family_name="Canary")
    ParticipantFactory(meeting=meeting, family_name="'t Hooft", given_name="'=x", country=CountryFactory(code="TR"), visibility="hidden")
    ParticipantFactory(meeting=meeting, body=BodyFactory(code="EUROPOL"), country=None, category="international_organisation", email="")
    ParticipantFactory(
        meeting=meeting, family_name="", given_name="", email="", user=None, organisation="", service="", function="", visibility="hidden"
    )
    ParticipantFactory(meeting=MeetingFactory())
    choice = Choice(purpose=PURPOSES["full"], language=language, format=file_format)
    rows = Participant.objects.filter(meeting=meeting)
    _record, pieces = start_export(queryset=rows, choice=choice, by=None, filters={})

    sheet = sheets.read(io.BytesIO(b"".join(pieces)), name=f"list.{file_format}")
    fields = columns.guess(sheet.headings, sheet.rows)
    plan = planning.plan(sheet.rows, planning.Order(fields=fields), meeting)

    assert [(entry.group.value, entry.changes, entry.said.problems) for entry in plan.entries] == [("same", [], {})] * 10


def test_the_same_rows_give_the_same_fingerprint(planned, meeting):
    rows = people(3)

    assert planned(rows).fingerprint == planned(rows).fingerprint
    assert planned(rows).fingerprint != planned(rows[:2]).fingerprint
    before = planned(rows).fingerprint
    ParticipantFactory(meeting=meeting, email="p1@police.example")
    assert planned(rows).fingerprint != before


def test_days_and_moments_are_understood(planned, meeting):
    first = meeting.starts_on
    rows = [["Orrin", "IE", "police", f"{first:%d/%m/%Y}", f"{first + dt.timedelta(days=1):%Y-%m-%d}", "2026-01-05"]]

    plan = planned(rows, headings=("Family name", "Country", "Sector", "Arrival", "Departure", "Registration date"))

    values = plan.entries[0].said.values
    assert (values["arrives_on"], values["departs_on"]) == (first, first + dt.timedelta(days=1))
    assert values["registered_at"].date() == dt.date(2026, 1, 5)


def test_queries_do_not_grow_with_rows(planned, django_assert_num_queries, meeting):
    planned(people(1))
    with django_assert_num_queries(9):
        planned(people(2))
    with django_assert_num_queries(9):
        planned(people(40))
