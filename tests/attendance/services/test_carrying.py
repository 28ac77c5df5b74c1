"""What becomes of seats when two registrations become one, a place is handed on, or a name is taken back."""

import datetime as dt
import re

import pytest

from attendance.models import Admission, Booking, CheckIn, Half, Part
from correspondence.models import Message
from participants import services
from tests.factories import (
    AdmissionFactory,
    BookingFactory,
    CheckInFactory,
    NominationFactory,
    PartFactory,
    ParticipantFactory,
    SectorFactory,
    SessionFactory,
    WishFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(meeting):
    return SessionFactory(meeting=meeting, kind="workshop", title_en="Parcels", booking="seats", seats=1)


@pytest.fixture
def beside(workshop):
    return SessionFactory(meeting=workshop.meeting, title_en="Tokens", booking="seats", seats=2)


@pytest.fixture
def stays(meeting):
    return ParticipantFactory(meeting=meeting)


@pytest.fixture
def goes(meeting):
    return ParticipantFactory(meeting=meeting)


@pytest.fixture
def merge(stays, goes, secretariat):
    return lambda: services.merge(survivor=stays, other=goes, by=secretariat)


def standing(person):
    return dict(Booking.objects.filter(participant=person).standing().values_list("session__title_en", "state"))


def test_a_seat_comes_along(workshop, stays, goes, merge):
    BookingFactory(session=workshop, participant=goes)

    merge()

    assert (standing(stays), standing(goes)) == ({"Parcels": "seat"}, {})


def test_two_seats_in_one_session_become_one_and_the_other_goes_to_the_queue(workshop, stays, goes, merge):
    workshop.seats = 2
    workshop.save()
    for person in (stays, goes):
        BookingFactory(session=workshop, participant=person)
    waiting = BookingFactory(session=workshop, state="queue").participant

    merge()

    assert (standing(stays), standing(goes), standing(waiting)) == ({"Parcels": "seat"}, {}, {"Parcels": "seat"})


def test_a_seat_counts_more_than_a_place_in_the_queue(workshop, stays, goes, merge):
    BookingFactory(session=workshop, participant=goes)
    BookingFactory(session=workshop, participant=stays, state="queue")

    merge()

    assert (standing(stays), standing(goes)) == ({"Parcels": "seat"}, {})


@pytest.mark.parametrize("earlier", ["stays", "goes"])
def test_of_two_places_in_the_queue_the_one_further_ahead_stays(workshop, stays, goes, merge, earlier):
    BookingFactory(session=workshop)
    first = workshop.starts_at - dt.timedelta(days=20)
    for name, person in (("stays", stays), ("goes", goes)):
        at = first if name == earlier else first + dt.timedelta(hours=1)
        BookingFactory(session=workshop, participant=person, state="queue", queued_at=at)

    merge()

    assert list(Booking.objects.filter(session=workshop).queue().values_list("participant", "queued_at")) == [(stays.pk, first)]


def test_of_two_seats_at_the_same_hours_the_one_that_stays_counts(workshop, beside, stays, goes, merge):
    BookingFactory(session=workshop, participant=goes)
    BookingFactory(session=beside, participant=stays)
    waiting = BookingFactory(session=workshop, state="queue").participant

    merge()

    assert (standing(stays), standing(goes), standing(waiting)) == ({"Tokens": "seat"}, {}, {"Parcels": "seat"})


def test_a_place_in_a_queue_beside_a_seat_comes_along(workshop, beside, stays, goes, merge):
    BookingFactory(session=workshop)
    BookingFactory(session=workshop, participant=goes, state="queue")
    BookingFactory(session=beside, participant=stays)

    merge()

    assert standing(stays) == {"Parcels": "queue", "Tokens": "seat"}


def test_a_seat_that_is_not_for_the_one_who_stays_goes_to_the_queue(workshop, stays, goes, merge):
    workshop.families = ["judiciary"]
    workshop.save()
    prosecutor = SectorFactory(code="prosecutor")
    goes.sector = prosecutor
    goes.save()
    BookingFactory(session=workshop, participant=goes)
    waiting = BookingFactory(session=workshop, participant=ParticipantFactory(meeting=goes.meeting, sector=prosecutor), state="queue")

    merge()

    assert (standing(stays), standing(waiting.participant)) == ({}, {"Parcels": "seat"})


def test_parts_and_admissions_come_along_once(workshop, beside, stays, goes, merge):
    PartFactory(session=workshop, participant=goes)
    PartFactory(session=beside, participant=goes)
    PartFactory(session=beside, participant=stays)
    AdmissionFactory(session=workshop, participant=goes)

    merge()

    assert set(Part.objects.filter(participant=stays).values_list("session", flat=True)) == {workshop.pk, beside.pk}
    assert list(Admission.objects.values_list("session", "participant")) == [(workshop.pk, stays.pk)]


def test_presence_comes_along_and_the_one_who_stays_keeps_their_own(meeting, workshop, stays, goes, merge):
    day = {"day": meeting.starts_on, "half": Half.MORNING}
    CheckInFactory(participant=stays, place="Door A", **day)
    CheckInFactory(participant=goes, place="Door B", **day)
    CheckInFactory(participant=goes, place="Door B", **day | {"half": Half.AFTERNOON})
    CheckInFactory(participant=goes, place="Door B", session=workshop, **day)

    merge()

    said = CheckIn.objects.filter(participant=stays).values_list("half", "session", "place")
    assert set(said) == {(Half.MORNING, None, "Door A"), (Half.AFTERNOON, None, "Door B"), (Half.MORNING, workshop.pk, "Door B")}
    assert CheckIn.objects.filter(participant=goes).count() == 0  # or one who was there once would be counted twice


def test_wishes_come_along_where_the_other_has_none(workshop, stays, goes, merge):
    WishFactory(session=workshop, participant=goes)

    merge()

    assert list(stays.wishes.values_list("session", flat=True)) == [workshop.pk]


# --- a place handed to a colleague, a name taken back ---


def hand_over(holder):
    colleague = {"given_name": "Nuala", "family_name": "Fallon", "email": "nuala@police.example", "function": "Inspector", "language": "en"}
    services.hand_over(participant=holder, colleague=colleague, by=holder.user)
    token = re.search(r"/take-over/([^/\s]+)/", Message.objects.get(kind="registration_take_over").body)[1]
    said = {"family_name": "Fallon", "function": "Inspector", "visibility": "full", "privacy_notice": "2026-1"}
    return services.take_over(token=token, answers=said, needs={})


def test_whoever_takes_a_place_over_has_its_seats_queues_and_wishes(workshop, beside, goes):
    later = SessionFactory(meeting=workshop.meeting, title_en="Later", booking="wishes", starts_at=workshop.ends_at)
    BookingFactory(session=beside, participant=goes)
    BookingFactory(session=workshop)
    BookingFactory(session=workshop, participant=goes, state="queue")
    WishFactory(session=later, participant=goes)

    colleague = hand_over(goes)

    assert (standing(colleague), standing(goes)) == ({"Tokens": "seat", "Parcels": "queue"}, {})
    assert list(colleague.wishes.values_list("session", flat=True)) == [later.pk]


def test_a_seat_of_somebody_let_in_by_name_is_not_the_colleague_s(workshop, goes):
    workshop.families = ["judiciary"]
    workshop.save()
    AdmissionFactory(session=workshop, participant=goes)
    BookingFactory(session=workshop, participant=goes)
    waiting = BookingFactory(session=workshop, participant=ParticipantFactory(meeting=goes.meeting), state="queue").participant
    AdmissionFactory(session=workshop, participant=waiting)

    colleague = hand_over(goes)

    assert (standing(colleague), standing(waiting)) == ({}, {"Parcels": "seat"})


@pytest.mark.parametrize("act", ["replace", "withdraw"])
def test_the_seat_of_a_name_taken_back_goes_to_the_queue(workshop, goes, act):
    """Who is put forward instead has not registered yet, and may come for something else."""
    goes.nomination = NominationFactory(invitation__meeting=goes.meeting, put_forward_at=goes.created_at - dt.timedelta(days=3))
    goes.save()
    BookingFactory(session=workshop, participant=goes)
    waiting = BookingFactory(session=workshop, state="queue").participant

    if act == "replace":
        new = {"family_name": "Keane", "email": "keane@garda.example"}
        services.replace_nomination(nomination=goes.nomination, fields=new, by=None, for_them=True)
    else:
        services.withdraw_nomination(nomination=goes.nomination, by=None)

    assert (standing(goes), standing(waiting)) == ({}, {"Parcels": "seat"})


def test_who_is_declined_after_all_leaves_the_seat(workshop, goes, secretariat):
    BookingFactory(session=workshop, participant=goes)
    waiting = BookingFactory(session=workshop, state="queue").participant

    services.decline(participant=goes, by=secretariat, reason="Came twice.")

    assert (standing(goes), standing(waiting)) == ({}, {"Parcels": "seat"})
