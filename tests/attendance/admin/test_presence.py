"""Who was there: read as a table, corrected by hand, taken out as days attended."""

import csv
import datetime as dt

import pytest

from accounts.models import Look
from attendance.models import CheckIn, Half
from participants.models import ExportedPeople, ExportRecord, Participant
from tests.factories import CheckInFactory, CountryFactory, ParticipantFactory, SessionFactory

Source, Status = CheckIn.Source, CheckIn.Status
DAYS = "/admin/attendance/checkin/days.csv"


@pytest.fixture
def page(meeting):
    return f"/admin/attendance/checkin/?meeting={meeting.pk}"


@pytest.fixture
def first(meeting):
    """The key of the first morning."""
    return f"{meeting.starts_on}/am"


def sent(*people, slot, who="ticked", status="absent", reason="Wrote on Monday."):
    return {"who": who, "people": [person.pk for person in people], "slot": slot, "status": status, "reason": reason}


def was_in(person, day, half="am", **more):
    return CheckInFactory(participant=person, day=day, half=half, at=dt.datetime.combine(day, dt.time(7, 45), tzinfo=dt.UTC), **more)


def cells_of(response, person):
    table = response.context["table"]
    return next([cell.words for cell in line.cells] for line in table.lines if line.person == person)


def test_the_table_shows_each_half_day_of_everybody_with_a_place(office, meeting, registration, page):
    ParticipantFactory(meeting=meeting, state=Participant.State.WAITLISTED)
    row = was_in(registration, meeting.starts_on)

    response = office.get(page)

    assert [line.person for line in response.context["table"].lines] == [registration]
    assert len(response.context["table"].columns) == 2 * len(meeting.days)
    assert cells_of(response, registration)[:2] == [f"{row.at.astimezone(meeting.zone):%H:%M}", ""]


def test_the_number_of_queries_does_not_grow_with_the_people(
    office, meeting, registration, page, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(20) as few:
        office.get(page)
    for _number in range(5):
        was_in(ParticipantFactory(meeting=meeting), meeting.starts_on)

    with django_assert_num_queries(len(few)):
        office.get(page)


def test_one_session_is_shown_by_itself(office, meeting, registration, page):
    session = SessionFactory(meeting=meeting)
    was_in(registration, session.local_start().date(), session=session)

    response = office.get(f"{page}&session=s{session.pk}")

    assert [column.slot.session for column in response.context["table"].columns] == [session]
    assert len(cells_of(response, registration)) == 1


def test_those_ticked_are_recorded_with_the_reason(office, secretariat, meeting, registration, page, first):
    ParticipantFactory(meeting=meeting)

    response = office.post(page, sent(registration, slot=first))

    assert (response.status_code, response.headers["Location"]) == (302, page)
    assert list(CheckIn.objects.values_list("participant", "status", "source", "reason", "by")) == [
        (registration.pk, Status.ABSENT, Source.HAND, "Wrote on Monday.", secretariat.pk)
    ]


def test_everybody_of_whom_nothing_is_recorded_is_recorded_at_once(office, meeting, registration, page, first):
    missing = ParticipantFactory(meeting=meeting)
    was_in(registration, meeting.starts_on)

    office.post(page, sent(slot=first, who="unrecorded"))

    assert dict(CheckIn.objects.values_list("participant", "status")) == {registration.pk: Status.PRESENT, missing.pk: Status.ABSENT}


def test_a_whole_meeting_is_recorded_at_once(office, meeting, registration, page):
    office.post(page, sent(registration, slot="all", status="apologised"))

    assert CheckIn.objects.filter(status=Status.APOLOGISED).count() == 2 * len(meeting.days)


@pytest.mark.parametrize(
    "wrong", [{"reason": " "}, {"slot": "2001-01-01/am"}, {"slot": "s1"}, {"status": "late"}, {"people": []}, {"who": "x"}]
)
def test_what_cannot_be_recorded_is_told_and_keeps_the_ticks(office, registration, page, first, wrong):
    response = office.post(page, sent(registration, slot=first) | wrong)

    assert (response.status_code, CheckIn.objects.count()) == (422, 0)
    assert response.context["form"].errors != {}


@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "١"])
def test_nobody_of_another_meeting_can_be_ticked(office, past_meeting, registration, page, first, key):
    other = ParticipantFactory(meeting=past_meeting)

    response = office.post(page, sent(slot=first) | {"people": [other.pk, key]})

    assert (response.status_code, CheckIn.objects.count()) == (422, 0)


@pytest.mark.parametrize("role", ["auditor", "desk", "host_liaison", "rapporteur"])
def test_others_see_and_record_nothing(request, client_of, registration, page, first, role):
    client = client_of(request.getfixturevalue(role))

    answers = [client.get(page), client.post(page, sent(registration, slot=first)), client.post(DAYS)]

    assert {answer.status_code for answer in answers} <= {403, 404}
    assert CheckIn.objects.count() == 0


# --- one person ---


@pytest.fixture
def own(registration):
    return f"/admin/attendance/checkin/person/{registration.pk}/"


def test_the_page_of_a_person_keeps_what_was_said_before(office, secretariat, meeting, registration, own, first):
    was_in(registration, meeting.starts_on, place="Door A")

    office.post(own, sent(registration, slot=first, reason="Another used the badge."))

    entries = office.get(own).context["entries"]
    assert [(entry.by, entry.reason, entry.is_last) for entry in entries] == [
        (secretariat.name or secretariat.email, "Another used the badge.", True),
        ("Door A", "", False),
    ]


def test_the_page_of_a_person_counts_days_not_half_days(office, meeting, registration, own):
    for half in Half.values:
        was_in(registration, meeting.starts_on, half)

    assert office.get(own).context["days"] == [meeting.starts_on]


def test_looking_at_a_person_leaves_a_trace(office, registration, own):
    office.get(own)

    assert Look.objects.get().reference == registration.reference


def test_a_protected_name_is_in_neither_page(office, meeting, protected_registration, page):
    pages = [office.get(page), office.get(f"/admin/attendance/checkin/person/{protected_registration.pk}/")]

    assert ["Canary" in response.content.decode() for response in pages] == [False, False]


def test_a_row_leads_to_its_person(office, meeting, registration, own):
    row = was_in(registration, meeting.starts_on)

    assert office.get(f"/admin/attendance/checkin/{row.pk}/change/").headers["Location"] == own


def test_nothing_is_recorded_of_somebody_without_a_place(office, meeting, first):
    waiting = ParticipantFactory(meeting=meeting, state=Participant.State.WAITLISTED)

    response = office.post(f"/admin/attendance/checkin/person/{waiting.pk}/", sent(waiting, slot=first))

    assert (response.status_code, CheckIn.objects.count()) == (403, 0)


# --- days attended ---


def lines_of(response):
    return list(csv.reader(response.content.decode("utf-8-sig").splitlines()))


def test_the_file_counts_half_days_and_days(office, meeting, registration):
    was_in(registration, meeting.starts_on)
    was_in(registration, meeting.starts_on, "pm")
    was_in(registration, meeting.ends_on)
    was_in(registration, meeting.ends_on, "pm", status=Status.ABSENT)

    head, line = lines_of(office.post(f"{DAYS}?meeting={meeting.pk}"))

    between = ["0"] * (len(meeting.days) - 2)
    assert head[-1] == "Days attended"
    assert (line[0], line[3:]) == (registration.reference, ["2", *between, "1", "2"])


def test_the_file_leaves_through_the_ledger_of_exports(office, secretariat, meeting, registration):
    response = office.post(f"{DAYS}?meeting={meeting.pk}")

    record = ExportRecord.objects.get()
    assert (record.purpose, record.rows, record.made_by, record.options["format"]) == ("days_attended", 1, secretariat, "csv")
    assert ExportedPeople.objects.filter(record=record).count() == 1
    assert response.headers["Content-Disposition"].startswith('attachment; filename="days-attended-')


def test_a_protected_person_stands_in_the_file_under_the_alias(office, meeting, protected_registration):
    _head, line = lines_of(office.post(f"{DAYS}?meeting={meeting.pk}"))

    assert "Canary" not in line[1]


def test_without_a_fresh_proof_no_file_leaves(client_of, secretariat, meeting, registration):
    response = client_of(secretariat, minutes=60).post(f"{DAYS}?meeting={meeting.pk}")

    assert (response.status_code, ExportRecord.objects.count()) == (302, 0)


def test_what_was_recorded_in_sessions_is_not_in_the_file(office, meeting, registration):
    session = SessionFactory(meeting=meeting, is_chatham_house=True)
    was_in(registration, session.local_start().date(), session=session)

    head, line = lines_of(office.post(f"{DAYS}?meeting={meeting.pk}"))

    assert (len(head), line[3:]) == (4 + len(meeting.days), ["0"] * (len(meeting.days) + 1))


# --- who came instead ---


def test_a_cell_says_at_which_door_or_by_whom(office, secretariat, meeting, registration, page):
    was_in(registration, meeting.starts_on, place="Door A")
    was_in(registration, meeting.starts_on, "pm", by_hand=True, by=secretariat)

    (line,) = office.get(page).context["table"].lines

    assert [cell.by for cell in line.cells[:2]] == ["Door A", secretariat.name or secretariat.email]


def test_who_came_instead_is_shown_in_the_table(office, meeting, registration, own, page, first):
    other = ParticipantFactory(meeting=meeting)

    office.post(own, sent(registration, slot=first, status="substituted") | {"substitute": other.pk})

    assert cells_of(office.get(page), registration)[0] == f"Substituted by {other.given_name} {other.family_name}"


def test_a_protected_substitute_is_named_by_the_alias(office, registration, protected_registration, own, first):
    office.post(own, sent(registration, slot=first, status="substituted") | {"substitute": protected_registration.pk})

    response = office.get(own)

    assert CheckIn.objects.get().substitute == protected_registration
    assert "Canary" not in response.content.decode()


def test_nobody_comes_instead_of_somebody_who_is_absent(office, meeting, registration, own, first):
    other = ParticipantFactory(meeting=meeting)

    response = office.post(own, sent(registration, slot=first) | {"substitute": other.pk})

    assert (response.status_code, list(response.context["form"].errors), CheckIn.objects.count()) == (422, ["substitute"], 0)


def test_the_own_delegation_is_offered_first(office, meeting, registration, own):
    ParticipantFactory(meeting=meeting, country=CountryFactory(code="AL"))
    colleague = ParticipantFactory(meeting=meeting, category=registration.category, country=registration.country)

    choices = office.get(own).context["form"].fields["substitute"].choices

    assert [key for key, _name in choices[1][1]] == [colleague.pk]


# --- the page of the participant ---


def test_days_attended_stand_on_the_page_of_the_participant(office, meeting, registration):
    was_in(registration, meeting.starts_on)
    was_in(registration, meeting.starts_on, "pm")

    text = " ".join(office.get(f"/admin/participants/participant/{registration.pk}/change/").content.decode().split())

    assert f"1 day attended: {meeting.starts_on.day} {meeting.starts_on:%B} (2 half-days)." in text


def test_somebody_who_left_stays_in_the_table_with_what_was_recorded(office, meeting, registration, page, first):
    left = ParticipantFactory(meeting=meeting, state=Participant.State.WITHDRAWN)
    was_in(left, meeting.starts_on)

    response = office.post(page, sent(left, slot=first))

    assert {line.person: line.has_place for line in office.get(page).context["table"].lines} == {registration: True, left: False}
    assert (response.status_code, CheckIn.objects.get().status) == (422, Status.PRESENT)


def test_as_long_as_there_is_no_meeting_the_page_leads_to_the_meetings(office):
    response = office.get("/admin/attendance/checkin/")

    assert response.headers["Location"] == "/admin/meetings/meeting/"
