"""One person's page: where they stand, what happened, which mails left; adding and correcting."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry

from correspondence.models import Message
from participants import services
from participants.models import Journey, Needs, Participant
from tests.factories import CountryFactory, MessageFactory, SectorFactory
from tests.participants.admin.conftest import LIST, NOTHING_APART


def page_of(participant):
    return f"{LIST}{participant.pk}/change/"


def typed(browser, participant, **changes):
    """The page's form as the browser would send it, with changes."""
    form = browser.get(page_of(participant)).context["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in {**values, **changes}.items() if value not in (None, False)} | NOTHING_APART


@pytest.fixture
def entered(meeting):
    """What the secretariat types for somebody it enters itself."""
    return {
        "meeting": meeting.pk,
        "given_name": "Siobhán",
        "family_name": "Ní Bhriain-O'Connor",
        "email": "Siobhan@Garda.example",
        "language": "en",
        "category": "member_state",
        "sector": SectorFactory(code="police").pk,
        "country": CountryFactory(code="IE").pk,
        "listening_language": "en",
        "visibility": "full",
        **NOTHING_APART,
    }


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("pending", "Waits for your decision."),
        ("confirmed", "Has a place."),
        ("waitlisted", "Number 1 on the waiting list."),
        ("declined", "The registration was declined."),
        ("withdrawn", "The registration was withdrawn."),
    ],
)
def test_page_begins_with_where_the_person_stands(office, person, state, sentence):
    assert office.get(page_of(person("A", **{state: True}))).context["sentence"] == sentence


def test_page_says_who_decided(office, person, secretariat):
    one = person("A", pending=True)
    services.approve(participant=one, by=secretariat)

    latest = office.get(page_of(one)).context["latest"]

    assert (latest.title, latest.text) == ("Place given", "By Secretariat.")


def test_what_happened_is_told_from_the_latest(office, person, secretariat):
    one = person("A", pending=True)
    services.decline(participant=one, by=secretariat, reason="No place.")
    services.reopen(participant=one, by=secretariat)
    services.withdraw(participant=one, by=one.user)

    events = office.get(page_of(one)).context["events"]

    assert [(event.title, event.text) for event in events] == [
        ("Withdrawn", "By the person concerned."),
        ("Registered, awaiting approval", "By Secretariat. Reopened"),
        ("Declined", "By Secretariat. No place."),
        ("Registered, awaiting approval", "By the system."),
    ]


def test_row_without_history_tells_what_its_dates_tell(office, person):
    one = person("A")
    one.history.all().delete()

    events = office.get(page_of(one)).context["events"]

    assert [event.title for event in events] == ["Place given", "Registered, awaiting approval", "Form sent"]


def test_mails_to_the_person_are_listed(office, person):
    one = person("A")
    MessageFactory(reference=one.reference, to=one.email)
    MessageFactory(reference="CYB26-OTHER")

    assert [(mail["label"], mail["to"]) for mail in office.get(page_of(one)).context["mails"]] == [("You have a place", one.email)]


def test_queries_do_not_grow_with_what_happened(office, person, secretariat, django_assert_max_num_queries):
    one = person("A", pending=True)
    for _ in range(5):
        services.approve(participant=one, by=secretariat)
        services.withdraw(participant=one, by=secretariat)
        services.reopen(participant=one, by=secretariat)

    with django_assert_max_num_queries(24):
        office.get(page_of(one))


def test_somebody_is_entered_by_hand(office, entered, secretariat, said):
    response = office.post(f"{LIST}add/", entered, follow=True)

    added = Participant.objects.get()
    assert (added.name, added.email, added.state) == ("Siobhán Ní Bhriain-O'Connor", "siobhan@garda.example", "pending")
    assert (added.user.email, added.history.get().history_user) == ("siobhan@garda.example", secretariat)
    assert len(said(response)) == 1
    assert added.reference in said(response)[0]


def test_form_starts_with_the_coming_meeting(office, meeting, past_meeting):
    assert office.get(f"{LIST}add/").context["adminform"].form.initial["meeting"] == meeting


def test_somebody_without_an_address_is_entered(office, entered):
    office.post(f"{LIST}add/", {**entered, "email": ""})

    assert Participant.objects.get().user is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("family_name", ""), ("family_name", "Bidi\u202e"), ("email", "no"), ("country", ""), ("sector", "0"), ("category", "king")],
)
def test_what_cannot_be_is_an_error_beside_the_field(office, entered, field, value):
    response = office.post(f"{LIST}add/", {**entered, field: value})

    assert list(response.context["adminform"].form.errors) == [field]
    assert not Participant.objects.exists()


def test_address_is_registered_once_for_a_meeting(office, entered, registration):
    response = office.post(f"{LIST}add/", {**entered, "email": registration.email.upper()})

    assert "This address is registered for this meeting already." in response.text
    assert Participant.objects.count() == 1


def test_status_cannot_be_typed(office, registration):
    office.post(page_of(registration), typed(office, registration, state="declined", reference="X", user=""))

    after = Participant.objects.get()
    assert (after.state, after.reference, after.user) == ("confirmed", registration.reference, registration.user)


def test_correction_is_kept_with_who_made_it(office, registration, secretariat):
    office.post(page_of(registration), typed(office, registration, function="Superintendent"))

    latest = registration.history.first()
    assert (latest.function, latest.history_user, latest.history_change_reason) == (
        "Superintendent",
        secretariat,
        "corrected by the secretariat",
    )


def test_saving_without_a_change_leaves_no_trace(office, registration):
    office.post(page_of(registration), typed(office, registration))

    assert registration.history.count() == 1


def test_correction_does_not_bring_back_an_older_status(office, registration, secretariat):
    """Somebody opened the page, somebody else withdrew the registration, the first one saved."""
    data = typed(office, registration, function="Superintendent")
    services.withdraw(participant=registration, by=secretariat)

    office.post(page_of(registration), data)

    after = Participant.objects.get()
    assert (after.state, after.function) == ("withdrawn", "Superintendent")


def test_new_address_leads_to_its_own_account(office, registration):
    office.post(page_of(registration), typed(office, registration, email="maeve@home.example"))

    after = Participant.objects.get()
    assert (after.email, after.user.email) == ("maeve@home.example", "maeve@home.example")


def test_address_of_somebody_else_is_refused(office, registration, other_expert):
    response = office.post(page_of(registration), typed(office, registration, email=other_expert.email))

    assert "This address is registered for this meeting already." in response.text


def test_place_that_a_new_category_frees_is_handed_on(office, registration, meeting, person):
    meeting.capacity = 1
    meeting.save()
    waiting = person("Waiting", waitlisted=True)

    office.post(page_of(registration), typed(office, registration, category="interpreter"))

    waiting.refresh_from_db()
    assert waiting.state == "confirmed"


def test_new_category_takes_no_place_that_is_not_free(office, meeting, person, registration):
    interpreter = person("Interpreter", category="interpreter")
    meeting.capacity = 1
    meeting.save()

    response = office.post(page_of(interpreter), typed(office, interpreter, category="member_state"))

    assert response.context["adminform"].form.errors == {"category": ["No place is free."]}


def test_refusal_after_the_form_was_checked_is_told_and_what_was_typed_stays(office, registration, monkeypatch):
    monkeypatch.setattr("participants.admin.forms.ParticipantForm.check_place", lambda form, cleaned: None)
    registration.category = "interpreter"
    registration.save()
    registration.meeting.capacity = 0
    registration.meeting.save()

    response = office.post(page_of(registration), typed(office, registration, category="member_state", function="Envoy"))

    form = response.context["adminform"].form
    assert form.non_field_errors() == ["Nothing was saved. No place is free."]
    assert form["function"].value() == "Envoy"
    assert Participant.objects.get(pk=registration.pk).category == "interpreter"


def test_address_not_proven_is_read_only(office, person):
    one = person("A", unconfirmed=True)

    response = office.get(page_of(one))

    assert response.context["has_change_permission"] is False
    assert response.context["sentence"].startswith("The address is not confirmed yet, so this is not a registration.")


def test_nobody_deletes_a_registration(client_of, administrator, registration):
    assert client_of(administrator).post(f"{LIST}{registration.pk}/delete/", {"post": "yes"}).status_code == 403


def needs_form(**values):
    return {"needs-TOTAL_FORMS": 1, "needs-INITIAL_FORMS": 0, **{f"needs-0-{name}": value for name, value in values.items()}}


def test_needs_are_written_by_hand(office, registration):
    data = typed(office, registration) | needs_form(diet="vegan", accessibility="Step-free way in.")

    office.post(page_of(registration), {**data, "needs-0-participant": registration.pk})

    assert list(Needs.objects.values_list("participant", "diet", "accessibility")) == [(registration.pk, "vegan", "Step-free way in.")]


def test_needs_emptied_are_gone(office, registration):
    row = Needs.objects.create(participant=registration, diet="vegan")
    data = typed(office, registration) | needs_form(diet="", accessibility="")

    office.post(page_of(registration), {**data, "needs-INITIAL_FORMS": 1, "needs-0-id": row.pk, "needs-0-participant": registration.pk})

    assert not Needs.objects.exists()


def test_needs_are_not_in_the_history(office, registration):
    Needs.objects.create(participant=registration, diet="halal", accessibility="Wheelchair")

    assert "alal" not in office.get(f"{LIST}{registration.pk}/history/").text


@pytest.mark.parametrize("role", ["host_liaison", "desk", "auditor"])
def test_needs_are_shown_to_those_who_may_see_them(request, client_of, registration, role):
    Needs.objects.create(participant=registration, diet="halal", accessibility="Wheelchair")

    text = client_of(request.getfixturevalue(role)).get(page_of(registration)).text

    assert ("Halal" in text, "Wheelchair" in text) == (False, False)


def test_mail_of_a_correction_is_not_sent(office, registration):
    office.post(page_of(registration), typed(office, registration, function="Superintendent"))

    assert not Message.objects.exists()


# --- arrival and departure ---


def journey_form(**values):
    return {"journey-TOTAL_FORMS": 1, "journey-INITIAL_FORMS": 0, **{f"journey-0-{name}": value for name, value in values.items()}}


def test_a_journey_is_written_by_hand(office, registration):
    data = typed(office, registration) | journey_form(arrives_on="2026-11-23", hotel="Orangers")

    office.post(page_of(registration), {**data, "journey-0-participant": registration.pk})

    assert list(Journey.objects.values_list("participant", "arrives_on", "hotel")) == [(registration.pk, dt.date(2026, 11, 23), "Orangers")]


def test_a_journey_emptied_is_gone(office, registration):
    row = Journey.objects.create(participant=registration, hotel="Orangers")
    data = typed(office, registration) | journey_form(hotel="")
    keys = {"journey-INITIAL_FORMS": 1, "journey-0-id": row.pk, "journey-0-participant": registration.pk}

    office.post(page_of(registration), data | keys)

    assert not Journey.objects.exists()


def test_a_journey_backwards_is_an_error_beside_its_field(office, registration):
    data = typed(office, registration) | journey_form(arrives_on="2026-11-23", departs_on="2026-11-22")

    response = office.post(page_of(registration), {**data, "journey-0-participant": registration.pk})

    assert response.context["inline_admin_formsets"][0].formset.errors == [{"departs_on": ["The departure is before the arrival."]}]
    assert not Journey.objects.exists()


def test_a_journey_is_not_in_the_trail(office, registration):
    data = typed(office, registration) | journey_form(hotel="Canary Palace")

    office.post(page_of(registration), {**data, "journey-0-participant": registration.pk})

    assert "Canary" not in office.get(f"{LIST}{registration.pk}/history/").text
    assert not LogEntry.objects.filter(change_message__contains="Canary").exists()


@pytest.mark.parametrize(
    ("role", "sees"), [("secretariat", True), ("host_liaison", True), ("desk", False), ("auditor", False), ("rapporteur", None)]
)
@pytest.mark.parametrize("has_row", [True, False])
def test_a_journey_is_shown_to_those_who_may_see_it(request, client_of, registration, role, sees, has_row):
    if has_row:
        Journey.objects.create(participant=registration, hotel="Canary Palace")

    page = client_of(request.getfixturevalue(role)).get(page_of(registration))

    if sees is None:
        assert page.status_code == 403
    else:
        assert ("Arrival and departure" in page.text, "Canary Palace" in page.text) == (sees, sees and has_row)


def test_of_a_protected_person_only_the_days_are_shown(office, protected_registration):
    Journey.objects.create(participant=protected_registration, arrives_on=dt.date(2026, 11, 23), hotel="Canary Palace")

    text = office.get(page_of(protected_registration)).text

    assert ("2026-11-23" in text, "Canary Palace" in text) == (True, False)


def test_days_corrected_unseen_leave_the_rest(office, protected_registration):
    row = Journey.objects.create(participant=protected_registration, hotel="Canary Palace")
    data = typed(office, protected_registration) | journey_form(arrives_on="2026-11-23", hotel="Other")
    keys = {"journey-INITIAL_FORMS": 1, "journey-0-id": row.pk, "journey-0-participant": protected_registration.pk}

    office.post(page_of(protected_registration), data | keys)

    assert Journey.objects.values_list("arrives_on", "hotel").get() == (dt.date(2026, 11, 23), "Canary Palace")


# --- a name in what is kept apart ---


def test_needs_are_read_without_a_hidden_name(office, protected_registration):
    Needs.objects.create(participant=protected_registration, accessibility="Canary needs a ramp")

    page = office.get(page_of(protected_registration)).content.decode()

    assert "Canary" not in page
    assert "[…] needs a ramp" in page


def test_needs_nobody_touched_are_kept_with_the_name(office, protected_registration):
    row = Needs.objects.create(participant=protected_registration, accessibility="Canary needs a ramp")
    sent = needs_form(diet="vegan", diet_details="", accessibility="[…] needs a ramp", id=row.pk, participant=protected_registration.pk)

    office.post(page_of(protected_registration), {**typed(office, protected_registration), **sent, "needs-INITIAL_FORMS": 1})

    row.refresh_from_db()
    assert (row.diet, row.accessibility) == ("vegan", "Canary needs a ramp")
