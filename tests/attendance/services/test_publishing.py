import datetime as dt

import pytest
from django.utils import timezone

from attendance.errors import NothingNew
from attendance.models import Booking
from attendance.services.publishing import publish, to_be_told
from correspondence.models import Message
from meetings.versions import unpublished_changes
from tests.factories import BookingFactory, MeetingFactory, PartFactory, SessionFactory

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def dublin():
    return MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2027, 11, 23))


@pytest.fixture
def workshop(dublin):
    """Published, 09:00-10:00, with seats."""
    return SessionFactory(meeting=dublin, title_en="Parcels", title_fr="Colis", kind="workshop", booking="seats", seats=30)


def published(meeting, stage="provisional"):
    return publish(meeting=meeting, stage=stage, at=timezone.now(), by=None)[1]


def change(session, **fields):
    for name, value in fields.items():
        setattr(session, name, value)
    session.save()


def later(session):
    change(session, starts_at=session.starts_at + HOUR, ends_at=session.ends_at + HOUR)


def body():
    return Message.objects.get(kind="programme_changed").body


@pytest.mark.parametrize("state", [Booking.State.SEAT, Booking.State.QUEUE])
def test_whoever_booked_a_session_that_moved_is_told(dublin, workshop, state):
    booking = BookingFactory(session=workshop, state=state)
    later(workshop)

    assert published(dublin) == 1
    assert Message.objects.get().to == booking.participant.email
    assert "“Parcels”: moved from Tuesday 23 November 2027, 09:00–10:00 to Tuesday 23 November 2027, 10:00–11:00.\n" in body()
    assert "None of your other sessions is at the same time." in body()


@pytest.mark.parametrize("state", [Booking.State.GIVEN_UP, Booking.State.TAKEN_BACK])
def test_whoever_has_no_booking_any_more_is_not_told(dublin, workshop, state):
    BookingFactory(session=workshop, state=state)
    later(workshop)

    assert (published(dublin), Message.objects.count()) == (0, 0)


def test_draft_tells_nobody(dublin, workshop):
    BookingFactory(session=workshop)
    later(workshop)

    assert (published(dublin, "draft"), Message.objects.count()) == (0, 0)


def test_first_version_tells_nobody(dublin):
    BookingFactory(session=SessionFactory(meeting=dublin, published=False))

    assert (published(dublin), Message.objects.count()) == (0, 0)


def test_same_change_is_told_once(dublin, workshop):
    BookingFactory(session=workshop)
    later(workshop)
    published(dublin)
    published(dublin, stage="final")

    with pytest.raises(NothingNew, match=r"^Nothing is new since Final, revision 1: it stays as it is\.$"):
        published(dublin, stage="final")
    assert (Message.objects.count(), dublin.programme_versions.filter(stage="final").count()) == (1, 1)


def test_sessions_that_did_not_change_tell_nobody(dublin, workshop):
    BookingFactory(session=SessionFactory(meeting=dublin))
    later(workshop)

    assert published(dublin) == 0


def test_several_changes_are_one_mail(dublin, workshop):
    other = SessionFactory(meeting=dublin, title_en="Wallets", starts_at=workshop.starts_at + 4 * HOUR)
    participant = BookingFactory(session=workshop).participant
    BookingFactory(session=other, participant=participant)
    for session in (workshop, other):
        later(session)

    assert (published(dublin), Message.objects.count()) == (1, 1)
    assert [line.split(":")[0] for line in body().splitlines() if "moved from" in line] == ["“Parcels”", "“Wallets”"]


def test_what_is_at_the_same_time_now_is_listed(dublin, workshop):
    participant = BookingFactory(session=workshop).participant
    BookingFactory(session=SessionFactory(meeting=dublin, title_en="Wallets", starts_at=workshop.ends_at), participant=participant)
    later(workshop)
    published(dublin)

    assert "\nAt the same time: “Wallets”, Tuesday 23 November 2027, 10:00–11:00.\n" in body()


def test_renamed_room_and_fewer_seats_are_told(dublin, workshop):
    BookingFactory(session=workshop)
    old = workshop.room.name_en
    workshop.room.name_en = "Printworks"
    workshop.room.save()
    change(workshop, seats=20)
    published(dublin)

    assert f"“Parcels”: in Printworks instead of {old}.\n“Parcels”: 20 seats instead of 30.\n" in body()
    assert Booking.objects.seated().count() == 1


def test_cancelled_session_is_told_and_its_bookings_end(dublin, workshop):
    booking = BookingFactory(session=workshop)
    change(workshop, is_cancelled=True)
    published(dublin)
    booking.refresh_from_db()

    assert "\nCancelled: “Parcels”, Tuesday 23 November 2027, 09:00–10:00.\n" in body()
    assert booking.state == Booking.State.TAKEN_BACK


def test_title_of_a_closed_session_is_in_no_mail(dublin):
    session = SessionFactory(meeting=dublin, title_en="AlphaBay", kind="closed", families=["law_enforcement"])
    BookingFactory(session=session)
    later(session)
    published(dublin)

    assert ("AlphaBay" in body(), "“Closed session”: moved from" in body()) == (False, True)


def test_mail_is_in_the_language_of_the_person(dublin, workshop):
    BookingFactory(session=workshop, participant__language="fr")
    later(workshop)
    published(dublin)

    assert "«\u202fColis\u202f»\u202f: déplacé du mardi 23 novembre 2027, 9h00–10h00 au mardi 23 novembre 2027, 10h00–11h00." in body()


# --- those with a part ---


@pytest.mark.parametrize("role", ["1_speaker", "2_moderator", "3_rapporteur"])
def test_whoever_has_a_part_in_a_session_that_moved_is_told(dublin, workshop, role):
    part = PartFactory(session=workshop, role=role)
    later(workshop)

    assert published(dublin) == 1
    assert Message.objects.get().to == part.participant.email
    assert "“Parcels”: moved from Tuesday 23 November 2027, 09:00–10:00 to Tuesday 23 November 2027, 10:00–11:00.\n" in body()


def test_whoever_has_a_part_in_a_session_that_is_cancelled_is_told(dublin, workshop):
    PartFactory(session=workshop)
    change(workshop, is_cancelled=True)

    assert published(dublin) == 1
    assert "\nCancelled: “Parcels”, Tuesday 23 November 2027, 09:00–10:00.\n" in body()


def test_whoever_booked_and_has_two_parts_is_told_once(dublin, workshop):
    person = BookingFactory(session=workshop).participant
    for role in ("1_speaker", "2_moderator"):
        PartFactory(session=workshop, participant=person, role=role)
    later(workshop)

    assert (published(dublin), Message.objects.count(), body().count("moved from")) == (1, 1, 1)


@pytest.mark.parametrize("state", ["withdrawn", "declined", "waitlisted", "pending"])
def test_speaker_without_a_place_and_guest_get_no_mail(dublin, workshop, state):
    PartFactory(session=workshop, participant__state=state)
    PartFactory(session=workshop, guest=True)
    later(workshop)

    assert (published(dublin), Message.objects.count()) == (0, 0)


def test_own_talk_at_the_same_time_is_listed(dublin, workshop):
    participant = BookingFactory(session=workshop).participant
    PartFactory(session=SessionFactory(meeting=dublin, title_en="Wallets", starts_at=workshop.ends_at), participant=participant)
    later(workshop)
    published(dublin)

    assert "\nAt the same time: “Wallets”, Tuesday 23 November 2027, 10:00–11:00.\n" in body()


def test_other_speakers_are_told_without_names(dublin, workshop):
    published(dublin)
    BookingFactory(session=workshop)
    PartFactory(session=workshop, guest=True)
    published(dublin)

    assert ("\n“Parcels”: who speaks has changed.\n" in body(), "Marchetti" in body()) == (True, False)


def test_page_can_say_beforehand_how_many_will_be_told(dublin, workshop):
    BookingFactory.create_batch(2, session=workshop)
    later(workshop)

    assert to_be_told(unpublished_changes(dublin)) == 2
