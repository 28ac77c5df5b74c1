import pytest

from attendance.models import Admission, Booking, Part
from correspondence.models import Message
from meetings.models import Session
from tests.factories import BookingFactory, PartFactory, ParticipantFactory, RoomFactory, SessionFactory
from tests.filled import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


@pytest.fixture
def session(meeting):
    return SessionFactory(meeting=meeting, room=RoomFactory(meeting=meeting, seats=40), kind="workshop")


def page_of(session):
    return f"/admin/meetings/session/{session.pk}/change/"


def save(browser, session, **typed):
    address = page_of(session)
    return browser.post(address, filled(browser.get(address), "session_form", **typed), follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def errors(response):
    return response.context["adminform"].form.errors


def test_session_saved_as_it_stands_is_unchanged(office, session):
    PartFactory(session=session)
    PartFactory(session=session, guest=True)
    before = (Session.objects.values().get(), list(Part.objects.values()))

    save(office, session)

    assert (Session.objects.values().get(), list(Part.objects.values())) == before


def test_everything_about_a_workshop_is_set_in_one_form(office, session):
    save(
        office,
        session,
        languages=["en", "fr"],
        categories=["member_state"],
        families=["law_enforcement", "private"],
        label="TLP:AMBER",
        seats="24",
        booking="seats",
        enforcement_seats="12",
        industry_seats="8",
        shares_until="2026-11-01T12:00",
    )

    row = Session.objects.get()
    assert (row.languages, row.categories, row.families) == (["en", "fr"], ["member_state"], ["law_enforcement", "private"])
    assert (row.label, row.seats, row.booking, row.enforcement_seats, row.industry_seats) == ("TLP:AMBER", 24, "seats", 12, 8)


def test_seats_are_never_more_than_the_room_has(office, session):
    assert errors(save(office, session, seats="41")) == {"seats": ["The room has only 40 seats."]}


def test_room_is_not_made_smaller_than_a_session_in_it(office, session):
    Session.objects.update(seats=30, title_en="Parcels")
    address = f"/admin/meetings/room/{session.room_id}/change/"

    response = office.post(address, filled(office.get(address), "room_form", seats="20"))

    text = "Sessions in this room have more seats than that; lower theirs first: “Parcels” (30)."
    assert errors(response) == {"seats": [text]}


def test_shares_are_never_more_than_the_seats(office, session):
    typed = {"seats": "10", "enforcement_seats": "6", "industry_seats": "5", "shares_until": "2026-11-01T12:00"}

    assert errors(save(office, session, **typed)) == {"industry_seats": ["Together more seats are kept (11) than there are (10)."]}


def test_shares_need_a_date(office, session):
    assert errors(save(office, session, enforcement_seats="6")) == {"shares_until": ["Say until when the seats are kept."]}


def test_booking_does_not_close_before_it_opens(office, session):
    typed = {"booking_opens_at": "2026-10-02T09:00", "booking_closes_at": "2026-10-01T09:00"}

    assert errors(save(office, session, **typed)) == {"booking_closes_at": ["Booking closes before it opens."]}


# --- people ---


def test_participant_gets_a_part_by_reference(office, session):
    person = ParticipantFactory(meeting=session.meeting)
    PartFactory(session=session, guest=True)

    save(office, session, **{"parts-1-participant": f"whoever ({person.reference})", "parts-1-role": "2_moderator"})

    assert Part.objects.exclude(participant=None).values_list("participant", "role").get() == (person.pk, "2_moderator")


def test_guest_gets_a_part_by_name(office, session):
    save(office, session, **{"parts-0-guest_name": "Odile Marchetti", "parts-0-guest_words": "Coin Exchange"})

    assert Part.objects.values_list("participant", "guest_name", "guest_words").get() == (None, "Odile Marchetti", "Coin Exchange")


def test_participant_and_guest_at_once_are_refused(office, session):
    person = ParticipantFactory(meeting=session.meeting)

    response = save(office, session, **{"parts-0-participant": person.reference, "parts-0-guest_name": "Odile"})

    assert "Choose a participant, or give the name of a guest: one of the two." in response.content.decode()
    assert not Part.objects.exists()


def test_participant_of_another_meeting_is_not_found(office, session):
    response = save(office, session, **{"parts-0-participant": ParticipantFactory().reference})

    assert "Nobody of this meeting has this reference. Choose a person from the list." in response.content.decode()


def test_list_of_people_shows_a_protected_person_by_alias(office, session, protected_registration, registration):
    html = office.get(page_of(session)).content.decode()

    assert f'<option value="Expert K., Italy ({protected_registration.reference})">' in html
    assert ("Canary" in html, "Maeve Orrin" in html) == (False, True)


def test_protected_speaker_stays_an_alias_and_chosen(office, session, protected_registration):
    part = PartFactory(session=session, participant=protected_registration)

    save(office, session, title_en="Parcels")
    part.refresh_from_db()

    assert part.participant == protected_registration


def test_whoever_may_not_see_who_comes_gets_no_list(client_of, rapporteur, session, registration):
    html = client_of(rapporteur).get(page_of(session)).content.decode()

    assert (registration.reference in html, "datalist" in html) == (False, False)


def test_somebody_is_let_in_by_name_and_it_is_kept_who_did(office, session, secretariat):
    person = ParticipantFactory(meeting=session.meeting)

    save(office, session, **{"admissions-0-participant": person.reference, "admissions-0-reason": "Asked by the chair."})

    assert Admission.objects.values_list("participant", "reason", "by").get() == (person.pk, "Asked by the chair.", secretariat.pk)


# --- seats lowered and raised, sessions cancelled ---


def test_lowering_seats_removes_nobody_and_says_so(office, session):
    Session.objects.update(booking="seats", seats=3)
    BookingFactory.create_batch(3, session=session)

    response = save(office, session, seats="2")

    text = "3 people have a seat, and there are 2: nobody loses theirs, and nobody gets one until there is room."
    assert text in said(response)
    assert (Booking.objects.seated().count(), Message.objects.count()) == (3, 0)


def test_more_seats_go_to_those_who_wait(office, session):
    Session.objects.update(booking="seats", seats=1)
    BookingFactory(session=session)
    waiting = BookingFactory(session=session, state="queue")

    response = save(office, session, seats="2")
    waiting.refresh_from_db()

    assert "1 person moved up from the queue." in said(response)
    assert waiting.state == Booking.State.SEAT


def test_session_that_was_booked_is_cancelled_and_not_deleted(office, session):
    BookingFactory(session=session)

    assert office.get(f"/admin/meetings/session/{session.pk}/delete/").status_code == 403
    save(office, session, is_cancelled="on")

    assert Session.objects.get().is_cancelled is True


def test_session_with_a_speaker_who_comes_is_cancelled_and_not_deleted(office, session):
    page = f"/admin/meetings/session/{session.pk}/delete/"
    PartFactory(session=session, guest=True)
    with_guest = office.get(page).status_code
    PartFactory(session=session)

    assert (with_guest, office.get(page).status_code) == (200, 403)
