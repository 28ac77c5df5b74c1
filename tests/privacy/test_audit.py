"""The auditor's page: every step of everybody, in one order, by reference and face, with as many queries for many rows as for few."""

import datetime as dt

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Look, SecurityEvent
from participants import services
from participants.models import Consent, ExportedPeople, ExportRecord, ImportRecord, Participant, Reveal
from privacy.models import Erasure, PurgeRun
from tests.factories import ParticipantFactory, UserFactory

PAGE = "/admin/audit/"
KEY = "participants.participant:{}"


@pytest.fixture
def clerk(db):
    return UserFactory(staff=True, name="Clerk")


@pytest.fixture
def office(client_of, auditor):
    return client_of(auditor)


@pytest.fixture
def look(clerk):
    """The clerk opens somebody's page, so many minutes ago."""

    def make(participant, *, minutes=0, what="participant_page", by=clerk):
        at = timezone.now() - dt.timedelta(minutes=minutes)
        return Look.objects.create(
            by=by, at=at, what=what, key=KEY.format(participant.pk), reference=participant.reference, spell=-Look.objects.count()
        )

    return make


def lines(browser, query=""):
    return browser.get(f"{PAGE}{query}").context["lines"]


def whats(browser, query=""):
    return [line.what for line in lines(browser, query)]


def export_of(clerk, *people, **fields):
    record = ExportRecord.objects.create(made_by=clerk, purpose="full", rows=len(people), **fields)
    ExportedPeople.write(record, [person.pk for person in people])
    return record


def one_of_each(participant, clerk, look, minutes):
    """One row in every table that the page is made of, all at about the same time."""
    at = timezone.now() - dt.timedelta(minutes=minutes)
    look(participant, minutes=minutes)
    Reveal.objects.create(participant=participant, made_by=clerk, made_at=at, reason="Asked by the host.")
    record = export_of(clerk, participant)
    ExportRecord.objects.filter(pk=record.pk).update(made_at=at)
    for event in ("sign_in", "denied", "role_change"):
        SecurityEvent.objects.create(event=event, by=clerk, about=participant.user, at=at)
    content_type = ContentType.objects.get_for_model(Participant)
    LogEntry.objects.create(
        user=clerk,
        content_type=content_type,
        object_id=participant.pk,
        object_repr="x",
        action_flag=CHANGE,
        change_message="[]",
        action_time=at,
    )
    Consent.objects.create(participant=participant, what="photographs", is_given=True, how="form", notice="2026-2", at=at)
    ImportRecord.objects.create(made_by=clerk, made_at=at, meeting=participant.meeting, kind="csv", stage="done", new_state="pending")
    Erasure.objects.create(made_by=clerk, made_at=at, purpose="request", registrations=[participant.pk])
    PurgeRun.objects.create(channel="nightly", started_at=at, counts={"registration": 2})


def test_each_deed_is_a_line_with_who_did_it_to_whom_and_why(office, clerk, look, registration):
    Participant.history.all().delete()
    look(registration, minutes=1)
    Reveal.objects.create(
        participant=registration, made_by=clerk, made_at=timezone.now() - dt.timedelta(minutes=2), reason="Asked by the host."
    )

    seen, revealed = lines(office)[:2]

    assert (seen.kind, seen.by, seen.what, [one.reference for one in seen.about]) == (
        "seen",
        "Clerk",
        "Opened the registration",
        [registration.reference],
    )
    assert (revealed.kind, revealed.by, revealed.what, revealed.why) == (
        "revealed",
        "Clerk",
        "Had the real name shown",
        "Asked by the host.",
    )


def test_lines_of_the_same_moment_keep_their_order(office, clerk, registration):
    at = timezone.now()
    for number in range(3):
        Look.objects.create(by=clerk, at=at, what="participant_page", key=KEY.format(registration.pk), spell=number)
    Reveal.objects.create(participant=registration, made_by=clerk, made_at=at, reason="x")

    assert whats(office, "?by=" + str(clerk.pk)) == ["Had the real name shown", *["Opened the registration"] * 3]
    assert [line.page for line in lines(office, f"?by={clerk.pk}")] == [line.page for line in lines(office, f"?by={clerk.pk}")]


def test_the_steps_of_a_registration_are_told_with_their_state(office, registration, secretariat):
    services.withdraw(participant=registration, by=registration.user)

    assert whats(office, "?kind=decided") == ["Withdrawn", "Place given"]
    assert lines(office, "?kind=decided")[0].by == "the person concerned"


def test_what_was_corrected_says_so(office, registration, secretariat):
    services.correct_by_hand(participant=registration, changes={"function": "Inspector"}, by=secretariat)

    newest = lines(office, "?kind=decided")[0]
    assert (newest.by, newest.what) == ("Secretariat", "Corrected by the secretariat")


def test_a_protected_name_is_shown_to_nobody_here(client_of, auditor, administrator, clerk, look, protected_registration):
    one_of_each(protected_registration, clerk, look, minutes=1)
    SecurityEvent.objects.create(event="sign_in", by=protected_registration.user)

    for user in (auditor, administrator):
        for query in ("", f"?person={protected_registration.reference}", "?protected=on"):
            page = client_of(user).get(f"{PAGE}{query}").content.decode()
            assert [word for word in ("Canary", "livia", protected_registration.user.email) if word in page] == []
            assert protected_registration.reference in page


def test_an_account_of_an_expert_is_shown_as_the_registration(office, registration):
    SecurityEvent.objects.create(event="sign_in", by=registration.user)

    assert next(line.by for line in lines(office, "?kind=signed_in")) == registration.reference


def test_somebody_elses_account_is_never_named(office, clerk):
    expert = UserFactory(name="Livia Canary", email="livia.canary@polizia.example")
    SecurityEvent.objects.create(event="sign_in_failed", about=expert, facts={"how": "code"})
    SecurityEvent.objects.create(event="sign_in", by=expert)
    content_type = ContentType.objects.get_for_model(type(expert))
    LogEntry.objects.create(user=clerk, content_type=content_type, object_id=expert.pk, object_repr=str(expert), action_flag=CHANGE)

    page = office.get(PAGE).content.decode().lower()

    assert [word for word in ("livia", "canary") if word in page] == []


def test_one_person_with_everything_about_them_and_nothing_about_others(office, clerk, look, registration, other_expert, past_meeting):
    other = other_expert.participations.get()
    earlier = ParticipantFactory(meeting=past_meeting, user=registration.user, email="maeve.orrin@garda.example", family_name="Orrin")
    Participant.history.all().delete()
    look(registration, minutes=1)
    look(earlier, minutes=2)
    look(other, minutes=3)
    export_of(clerk, registration, other)
    export_of(clerk, other)
    SecurityEvent.objects.create(event="sign_in", by=registration.user)
    SecurityEvent.objects.create(event="sign_in", by=other_expert)
    Look.objects.create(by=clerk, what="user_page", key=f"accounts.user:{registration.user_id}", spell=1)

    response = office.get(f"{PAGE}?person={registration.reference.lower()}")

    found = sorted(line.what for line in response.context["lines"] if line.by != "Auditor")
    assert found == ["Exported: Full list", "Opened the account", "Opened the registration", "Opened the registration", "Signed in"]
    assert [one["row"].reference for one in response.context["person"]["registrations"]] == [earlier.reference, registration.reference]
    assert other.reference not in response.content.decode()


def test_who_reads_about_one_person_is_on_the_page_next_time(office, auditor, registration):
    office.get(f"{PAGE}?person={registration.reference}")

    assert list(Look.objects.values_list("by", "what", "key")) == [(auditor.pk, "traces", KEY.format(registration.pk))]


def test_an_unknown_reference_shows_nothing_and_says_why(office, clerk, look, registration):
    look(registration)

    response = office.get(f"{PAGE}?person=CYB26-NOBODY")

    assert list(response.context["lines"]) == []
    assert "No registration has this reference" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["?by=99999", "?by=x", "?since=tomorrow", "?since=9999-12-31", "?period=3", "?kind=nonsense", "?until=0001-01-01"]
)
def test_a_filter_that_is_not_understood_shows_nothing(office, clerk, look, registration, query):
    look(registration)

    assert lines(office, query) == []


@pytest.mark.parametrize("query", ["?page=x", "?page=-1", "?page=99999999999999999999", "?person=%00", "?person=" + "9" * 39])
def test_what_is_typed_into_the_address_breaks_nothing(office, registration, query):
    assert office.get(f"{PAGE}{query}").status_code == 200


def test_by_member_of_staff_and_period(office, clerk, look, registration, secretariat):
    look(registration, minutes=1)
    look(registration, minutes=60 * 24 * 9, what="history")
    look(registration, minutes=2, by=secretariat)

    assert whats(office, f"?by={clerk.pk}") == ["Opened the registration", "Opened the change history"]
    assert whats(office, f"?by={clerk.pk}&period=7") == ["Opened the registration"]
    day = timezone.localdate() - dt.timedelta(days=9)
    assert whats(office, f"?by={clerk.pk}&until={day}") == ["Opened the change history"]
    assert whats(office, f"?by={clerk.pk}&since={day + dt.timedelta(days=1)}") == ["Opened the registration"]


def test_protected_people_only(office, clerk, look, registration, protected_registration):
    Participant.history.all().delete()
    look(registration)
    look(protected_registration)
    export_of(clerk, registration)
    export_of(clerk, protected_registration, protected_names=True)
    SecurityEvent.objects.create(
        event="denied", by=clerk, facts={"page": "admin:participants_participant_reveal", "row": str(protected_registration.pk)}
    )
    SecurityEvent.objects.create(
        event="denied", by=clerk, facts={"page": "admin:participants_participant_reveal", "row": str(registration.pk)}
    )

    assert sorted(whats(office, "?protected=on")) == [
        "Exported with protected names: Full list",
        "Opened the registration",
        "Was refused a page",
    ]


def test_counts_are_those_of_the_lists(office, clerk, look, registration):
    for minutes in (1, 2, 3):
        one_of_each(registration, clerk, look, minutes)

    response = office.get(PAGE)

    counts = {kind["label"]: kind["count"] for kind in response.context["kinds"]}
    for kind in response.context["kinds"]:
        assert office.get(f"{PAGE}{kind['address']}").context["page_obj"].paginator.count == counts[kind["label"]]
    assert counts["Seen"] == 3


def test_as_many_queries_for_five_hundred_rows_as_for_one(office, clerk, look, registration):
    """Every kind of line is on the first page each time, because the rows of all tables alternate."""
    asked, made = [], 0
    for number in (1, 3, 500):
        for minutes in range(made, number):
            one_of_each(registration, clerk, look, minutes + 1)
        made = number
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = office.get(PAGE)
        asked.append(len(queries))
        assert response.context["page_obj"].paginator.count >= 9 * number

    assert asked[0] == asked[1] == asked[2]


def test_pages_show_every_line_once(office, clerk, look, registration):
    for minutes in range(60):
        look(registration, minutes=minutes)

    first, second = office.get(f"{PAGE}?kind=seen"), office.get(f"{PAGE}?kind=seen&page=2")

    moments = [line.at for response in (first, second) for line in response.context["lines"]]
    assert len(set(moments)) == 60
    assert moments == sorted(moments, reverse=True)


def test_times_are_on_a_stated_clock(office):
    assert "Europe/Paris, UTC+" in office.get(PAGE).content.decode()


def test_only_auditors_and_administrators(client_of, secretariat, host_liaison, desk, rapporteur, auditor, administrator):
    answers = [client_of(user).get(PAGE).status_code for user in (secretariat, host_liaison, desk, rapporteur, auditor, administrator)]

    assert answers == [403, 403, 403, 403, 200, 200]


def test_the_way_there(client_of, auditor, secretariat, registration):
    person = f"/admin/participants/participant/{registration.pk}/change/"

    assert f'href="{PAGE}?person={registration.reference}"' in client_of(auditor).get(person).content.decode()
    assert f'href="{PAGE}"' in client_of(auditor).get("/admin/").content.decode()
    assert PAGE not in client_of(secretariat).get(person).content.decode()
    assert PAGE not in client_of(secretariat).get("/admin/").content.decode()


def test_an_erased_person_is_found_with_every_step_that_is_kept(office, auditor, clerk, look, registration):
    look(registration, minutes=5)
    Reveal.objects.create(participant=registration, made_by=clerk, reason="Maeve asked.")
    account = registration.user_id
    services.erase_registration(participant=registration)
    erased = Participant.objects.get(pk=registration.pk)
    Erasure.objects.create(made_by=clerk, purpose="request", account=account, registrations=[erased.pk], counts={"x": 4})

    response = office.get(f"{PAGE}?person={erased.reference}")

    page = response.content.decode()
    assert [line.what for line in response.context["lines"] if line.by != "Auditor"] == [
        "Erased on request",
        "Had the real name shown",
        "Opened the registration",
        "Last change of status (only the day is kept)",
        "Registered (only the day is kept)",
        "Form sent (only the day is kept)",
    ]
    assert "by Clerk (on request). Nothing here says who it was." in page
    assert "Erased person" in page
    assert [word for word in ("Maeve", "Orrin") if word in page] == []


def test_a_purge_of_many_does_not_make_them_one_person(office, registration, other_expert, clerk, look):
    other = other_expert.participations.get()
    for one in (registration, other):
        look(one)
        services.erase_registration(participant=one)
    Erasure.objects.create(purpose="retention", registrations=[registration.pk, other.pk])
    reference = Participant.objects.get(pk=registration.pk).reference

    response = office.get(f"{PAGE}?person={reference}&kind=seen")

    assert [[one.key for one in line.about] for line in response.context["lines"]] == [[registration.pk]] * 2


def test_a_refused_page_is_on_the_page(client_of, desk, office, protected_registration):
    client_of(desk).get(f"/admin/participants/participant/{protected_registration.pk}/reveal/")

    [line] = lines(office, "?kind=refused")
    assert (line.by, line.what, line.why) == ("Check-in desk", "Was refused a page", "page “admin:participants_participant_reveal”")
    assert [one.reference for one in line.about] == [protected_registration.reference]


def test_what_somebody_agreed_to_and_took_back_is_told(office, registration):
    services.note_consents(registration, how=Consent.How.FORM, by=None, at=timezone.now())
    services.withdraw_consent(participant=registration, what=Consent.What.NAME, by=registration.user)

    told = whats(office, f"?kind=agreed&person={registration.reference}")

    assert told[0] == "Took back: Your name on the list of participants"
    assert told[-1].startswith("Agreed: ")


def test_an_import_is_told_with_its_meeting(office, clerk, meeting):
    ImportRecord.objects.create(made_by=clerk, meeting=meeting, kind="csv", stage="done", new_state="pending")

    [line] = lines(office, "?kind=imported")

    assert (line.what, line.why, line.by) == ("Imported a list: Written", str(meeting), "Clerk")
