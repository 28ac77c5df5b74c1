"""Whoever is erased leads to nobody any more, others keep what is theirs, and every figure stays."""

import datetime as dt

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Look, User
from correspondence.models import Message
from delegations.models import Invitation, Nomination
from participants.models import ExportRecord, Participant, Reveal
from privacy.models import Erasure
from privacy.services import tombstones
from privacy.services.erasing import NothingLeft, StillStaff, erase_person, plan_for, rehearse
from privacy.services.people import find, person_behind, person_of
from reports.dashboard import board_for
from tests.factories import CountryFactory, MeetingFactory, MessageFactory, ParticipantFactory, PassportFactory, SessionFactory, UserFactory

State = Participant.State


def erased(person, also=(), by=None):
    return erase_person(plan=plan_for(person), by=by, also=also)


def all_doubtful(person):
    return [mention.key for mention in plan_for(person).found.doubtful]


# --- figures ---


@pytest.fixture
def over(db):
    return MeetingFactory(slug="vienna-2025", code="CYB25", year=2025, over=True)


def figures(meeting, viewer) -> list:
    """Everything that is counted anywhere: the board, the public pages."""
    cache.clear()
    board = board_for(viewer, slug=meeting.slug, at=timezone.now())
    charts = [board.over_time, board.by_state, board.by_family, board.countries.chart]
    counted = [board.figures, [chart.rows for chart in charts], [chart.svg for chart in charts], board.countries.present]
    pages = [Client().get(address).text.split("<main", 1)[1] for address in ("/", "/meetings/", f"/meetings/{meeting.slug}/")]
    return [*counted, board.countries.missing, *pages]


@pytest.mark.parametrize("state", State.values)
def test_figures_of_a_meeting_that_is_over_stay(over, administrator, state):
    ParticipantFactory(meeting=over, country=CountryFactory(code="DE"))
    guest = ParticipantFactory(meeting=over, **{state: True}, is_first_timer=False)
    before = figures(over, administrator)

    erased(person_behind(guest))

    assert Participant.objects.get(pk=guest.pk).is_erased is True
    assert figures(over, administrator) == before


def test_figures_of_a_coming_meeting_are_those_after_withdrawing(meeting, administrator):
    meeting.capacity = 1
    meeting.save()
    guest = ParticipantFactory(meeting=meeting)
    next_in_line = ParticipantFactory(meeting=meeting, waitlisted=True)

    erased(person_behind(guest))

    states = [Participant.objects.get(pk=one.pk).state for one in (guest, next_in_line)]
    assert states == [State.WITHDRAWN, State.CONFIRMED]
    assert list(Message.objects.values_list("to", "kind")) == [(next_in_line.email, "registration_confirmed")]


# --- what goes ---


def test_all_registrations_of_a_person_go(registration, over):
    earlier = ParticipantFactory(meeting=over, user=registration.user, email="m.orrin@old.example")

    erased(person_behind(registration))

    assert {Participant.objects.get(pk=one.pk).is_erased for one in (registration, earlier)} == {True}


def test_forms_of_the_same_address_go_too(registration, over):
    form = ParticipantFactory(meeting=over, unconfirmed=True, email=registration.email)

    erased(person_of(registration.user))

    assert Participant.objects.get(pk=form.pk).is_erased is True


def test_other_people_stay(registration, other_expert):
    before = Participant.objects.filter(user=other_expert).values().get()

    erased(person_behind(registration))

    assert Participant.objects.filter(user=other_expert).values().get() == before


def test_an_account_with_traces_is_emptied_and_stays(registration, secretariat):
    record = ExportRecord.objects.create(made_by=registration.user, purpose="full")

    erased(person_behind(registration))

    user = User.objects.get(pk=registration.user_id)
    record.refresh_from_db()
    assert (user.email, user.name, user.is_active) == (f"erased-{user.pk}@nobody.invalid", "", False)
    assert record.made_by == user


def test_a_passport_that_goes_with_the_place_is_counted(registration):
    PassportFactory(participant=registration)
    plan = plan_for(person_behind(registration))

    assert rehearse(plan)["participants.passport"] == 1
    assert erase_person(plan=plan, by=None).counts["participants.passport"] == 1


def test_mails_to_any_address_go(registration):
    MessageFactory(to=registration.email)
    MessageFactory(reference=registration.reference, to="secretary@garda.example")
    kept = MessageFactory(to="somebody@else.example")

    erased(person_behind(registration))

    assert list(Message.objects.exclude(kind="registration_withdrawn")) == [kept]


def test_searches_of_the_export_ledger_are_forgotten(registration, secretariat):
    filters = {"Search": "orr garda", "Rechercher": "maeve", "Status": "Confirmed", "address": "q=Orr+garda&state__exact=confirmed"}
    record = ExportRecord.objects.create(made_by=secretariat, purpose="full", filters=filters)

    erased(person_behind(registration))

    record.refresh_from_db()
    assert record.filters == {
        "Search": "[…] garda",
        "Rechercher": "[…]",
        "Status": "Confirmed",
        "address": "q=%5B%E2%80%A6%5D+garda&state__exact=confirmed",
    }


def test_nomination_and_invitation_are_emptied(registration):
    invitation = Invitation.objects.create(
        meeting=registration.meeting, number=1, reference="P-PG 1", given_name="Maeve", family_name="Orrin", email=registration.email,
        category="academia", deadline=dt.date(2027, 1, 1),
    )  # fmt: skip
    host = Invitation.objects.create(
        meeting=registration.meeting, number=2, reference="P-PG 2", country=CountryFactory(code="DE"), category="member_state",
        deadline=dt.date(2027, 1, 1),
    )  # fmt: skip
    nomination = Nomination.objects.create(invitation=host, family_name="Orrin", email=registration.email, function="Detective")

    erased(person_behind(registration))

    invitation.refresh_from_db()
    nomination.refresh_from_db()
    assert (invitation.given_name, invitation.family_name, invitation.email) == ("", "–", f"erased-{invitation.pk}@nobody.invalid")
    assert (nomination.family_name, nomination.function, nomination.state) == ("–", "", "put_forward")
    assert not Nomination.history.exists()


# --- names in other people's rows ---


def test_whole_names_go_from_every_text(registration, other_expert):
    session = SessionFactory(meeting=registration.meeting, speakers="Chair: Maeve ORRIN, Garda\nJonas Brandt, Zoll")

    erased(person_behind(registration))

    session.refresh_from_db()
    assert session.speakers == "Chair: […], Garda\nJonas Brandt, Zoll"


def test_a_family_name_alone_stays_until_somebody_says_so(registration):
    session = SessionFactory(meeting=registration.meeting, abstract_en="Orrin will speak.")
    person = person_behind(registration)
    plan = plan_for(person)

    assert [(mention.key, mention.around) for mention in plan.found.doubtful if mention.table == "meetings.session"] == [
        (f"meetings.session:{session.pk}:abstract_en", "[…] will speak.")
    ]

    erase_person(plan=plan, by=None, also=[f"meetings.session:{session.pk}:abstract_en"])

    session.refresh_from_db()
    assert session.abstract_en == "[…] will speak."


def test_a_name_that_two_people_bear_is_certain_for_neither(registration, over):
    namesake = ParticipantFactory(meeting=over, given_name="Maeve", family_name="Orrin", notes="Maeve Orrin called.")
    mail = MessageFactory(to=namesake.email, body="Dear Maeve Orrin,")
    before = Participant.objects.filter(pk=namesake.pk).values().get()

    erased(person_behind(registration))

    assert Participant.objects.filter(pk=namesake.pk).values().get() == before
    assert Message.objects.get(pk=mail.pk).body == "Dear Maeve Orrin,"


def test_contact_of_a_meeting_is_emptied(registration):
    meeting = registration.meeting
    meeting.contact_name, meeting.contact_email = "Maeve Orrin", registration.email
    meeting.save()

    erased(person_behind(registration))

    meeting.refresh_from_db()
    assert (meeting.contact_name, meeting.contact_email) == ("", "")


def test_reasons_for_reveals_of_others_are_searched_too(registration, protected_registration, secretariat):
    look = Reveal.objects.create(participant=protected_registration, made_by=secretariat, reason="Asked by Maeve Orrin at the door")

    erased(person_behind(registration))

    look.refresh_from_db()
    assert look.reason == "Asked by […] at the door"


def test_search_key_of_others_follows(registration, meeting):
    other = ParticipantFactory(meeting=meeting, organisation="Maeve Orrin Consulting", given_name="A", family_name="B")

    erased(person_behind(registration))

    assert list(Participant.objects.matching("maeve orrin")) == []
    assert Participant.objects.get(pk=other.pk).organisation == "[…] Consulting"


# --- traces ---


def test_looks_and_trail_stay_and_lead_to_nobody(registration, secretariat):
    Look.objects.create(by=secretariat, what="participant_page", key="x", reference=registration.reference, spell=1)
    LogEntry.objects.create(
        user=secretariat,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(registration.user_id),
        object_repr=registration.email,
        action_flag=CHANGE,
    )

    erased(person_behind(registration))

    after = Participant.objects.get(pk=registration.pk)
    assert list(Look.objects.values_list("reference", flat=True)) == [after.reference]
    assert list(LogEntry.objects.values_list("object_repr", flat=True)) == [""]


def test_ledger_holds_keys_and_numbers(registration, secretariat):
    user = registration.user_id

    erasure = erased(person_behind(registration), by=secretariat)

    after = Participant.objects.get(pk=registration.pk)
    assert (erasure.account, erasure.registrations, erasure.references) == (user, [registration.pk], [after.reference])
    assert erasure.counts["participants.participant"] == 1
    assert Erasure.objects.get() == erasure


def test_erasure_is_on_the_list_beside_the_database(registration, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as after_commit:
        erasure = erased(person_behind(registration))
    assert not tombstones.path().exists()

    next(one for one in after_commit if one is tombstones.complete)()

    assert [one.uid for _, one in tombstones.read(tombstones.path())] == [erasure.uid]
    assert tombstones.path().stat().st_mode & 0o777 == 0o600


# --- before ---


def test_rehearsing_counts_and_changes_nothing(registration):
    person = person_behind(registration)
    before = Participant.objects.filter(pk=registration.pk).values().get()

    counted = rehearse(plan_for(person))

    assert Participant.objects.filter(pk=registration.pk).values().get() == before
    assert User.objects.filter(pk=registration.user_id).exists()
    assert dict(counted) == erased(person_of(User.objects.get(pk=registration.user_id))).counts


def test_nobody_is_erased_twice(registration):
    erased(person_behind(registration))

    with pytest.raises(NothingLeft):
        plan_for(person_behind(Participant.objects.get(pk=registration.pk)))


def test_staff_are_not_erased(secretariat):
    with pytest.raises(StillStaff):
        plan_for(person_of(secretariat))


@pytest.mark.parametrize("words", ["maeve.orrin@garda.example", " Maeve.Orrin@garda.example", "reference"])
def test_somebody_is_found_by_address_or_reference(registration, words):
    found = find(registration.reference.lower() if words == "reference" else words)

    assert (found.user, found.registrations) == (registration.user, (registration,))


def test_somebody_unknown_is_not_found(registration):
    assert find("nobody@nowhere.example") is None


def test_account_of_an_earlier_address_goes_too(registration):
    registration.history.update(email="m.orrin@old.example")
    UserFactory(email="m.orrin@old.example")
    correspondent = UserFactory(email="focal.point@ministry.example")

    erased(person_behind(registration))

    assert list(User.objects.values_list("pk", flat=True)) == [correspondent.pk]
