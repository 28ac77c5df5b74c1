import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from accounts.models import User
from attendance.models import Booking, Part
from attendance.programme import eyes_of, items_for, seats_of
from meetings.audiences import Category, Family
from meetings.models import Session
from meetings.programme import VISITOR, Eyes, Seats, Voice
from participants.models import Participant
from tests.factories import AdmissionFactory, BookingFactory, MeetingFactory, PartFactory, ParticipantFactory, RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed_session(meeting):
    return SessionFactory(meeting=meeting, kind="closed", title_en="Lessons of AlphaBay")


def again(user):
    """The same user without the permissions remembered from before."""
    return User.objects.get(pk=user.pk)


# --- eyes ---


@pytest.mark.parametrize("user", [None, AnonymousUser()])
def test_visitor_has_the_eyes_of_a_visitor(meeting, user, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert eyes_of(user, meeting) == VISITOR


def test_participant_sees_by_family_and_category(meeting, expert):
    assert eyes_of(expert, meeting) == Eyes(frozenset({Family.LAW_ENFORCEMENT}), Category.MEMBER_STATE)


@pytest.mark.parametrize("state", [state for state in Participant.State if state not in {"confirmed", "unconfirmed"}])
def test_registration_without_a_place_sees_as_a_visitor(meeting, expert, registration, closed_session, state):
    AdmissionFactory(session=closed_session, participant=registration)
    Participant.objects.filter(pk=registration.pk).update(state=state)

    assert eyes_of(expert, meeting) == VISITOR


def test_place_at_another_meeting_opens_nothing_here(expert):
    assert eyes_of(expert, MeetingFactory()) == VISITOR


def test_admission_by_name_opens_that_session_to_that_participant_only(meeting, expert, registration, other_expert, closed_session):
    AdmissionFactory(session=closed_session, participant=registration)

    assert eyes_of(expert, meeting).admitted == {closed_session.pk}
    assert eyes_of(other_expert, meeting).admitted == frozenset()


def test_whoever_has_a_part_sees_the_session(meeting, expert, registration, closed_session):
    PartFactory(session=closed_session, participant=registration, role=Part.Role.RAPPORTEUR)

    assert eyes_of(expert, meeting).admitted == {closed_session.pk}


def test_staff_who_may_see_sessions_see_all(meeting, secretariat):
    assert eyes_of(secretariat, meeting) == Eyes(sees_all=True)


def test_staff_without_that_right_see_as_visitors(meeting, secretariat):
    secretariat.groups.clear()

    assert eyes_of(again(secretariat), meeting) == VISITOR


def test_right_without_being_staff_opens_nothing(meeting, secretariat):
    User.objects.filter(pk=secretariat.pk).update(is_staff=False)

    assert eyes_of(again(secretariat), meeting) == VISITOR


# --- who speaks ---


def test_participant_speaks_with_name_function_and_organisation(meeting, registration):
    PartFactory(session__meeting=meeting, participant=registration)

    (item,) = items_for(None, meeting)

    assert item.voices == (Voice("Maeve Orrin", "Detective Inspector, National Police"),)


def test_guest_is_named_as_typed(meeting):
    PartFactory(session__meeting=meeting, guest=True)

    (item,) = items_for(None, meeting)

    assert item.voices == (Voice("Odile Marchetti", "Head of compliance, Coin Exchange"),)


def test_roles_are_words_and_speakers_come_first(meeting):
    session = SessionFactory(meeting=meeting)
    for number, role in enumerate(["3_rapporteur", "1_speaker", "2_moderator"]):
        PartFactory(session=session, guest=True, guest_name=f"Guest {number}", guest_words="", role=role)

    (item,) = items_for(None, meeting)
    with override("fr"):
        (french,) = items_for(None, meeting)

    assert item.speakers == ("Guest 1", "Guest 2 (Moderator)", "Guest 0 (Rapporteur)")
    assert [voice.role for voice in french.voices] == ["", "Modération", "Rapporteur(e)"]


@pytest.mark.parametrize("state", [state for state in Participant.State if state not in {"confirmed", "unconfirmed"}])
def test_speaker_without_a_place_is_not_named(meeting, registration, state):
    PartFactory(session__meeting=meeting, participant=registration)
    Participant.objects.filter(pk=registration.pk).update(state=state)

    (item,) = items_for(None, meeting)

    assert item.voices == ()


def test_protected_speaker_is_an_alias_to_all_but_themself(meeting, protected_registration, protected_expert, secretariat, expert):
    PartFactory(session__meeting=meeting, participant=protected_registration)

    named = [items_for(reader, meeting)[0].voices[0].name for reader in (None, expert, secretariat, protected_expert)]

    assert named == ["Expert K.", "Expert K.", "Expert K.", "Livia Canary"]


@pytest.mark.parametrize("line", ["Livia Canary, Polizia", "CANARY (Livia)", "Ms Livia Canary"])
def test_guest_whose_words_name_somebody_protected_gives_way_to_the_alias(meeting, protected_registration, line):
    session = SessionFactory(meeting=meeting)
    for order, name in enumerate([line, "Livia Rossi"]):
        PartFactory(session=session, participant=None, guest_name=name, guest_words="Europol", order=order)

    (item,) = items_for(None, meeting)

    assert item.speakers == ("Expert K., National Police", "Livia Rossi, Europol")


def test_nobody_is_named_under_the_chatham_house_rule(meeting, secretariat, registration):
    PartFactory(session=SessionFactory(meeting=meeting, is_chatham_house=True), participant=registration)

    assert [items_for(reader, meeting)[0].voices for reader in (None, secretariat, registration.user)] == [(), (), ()]


# --- seats ---


def test_seats_are_counted_where_they_are_booked(meeting):
    room = RoomFactory(meeting=meeting, seats=40)
    own, rooms = (SessionFactory(meeting=meeting, room=room, booking="seats", seats=seats) for seats in (2, None))
    SessionFactory(meeting=meeting, room=room)
    SessionFactory(meeting=meeting, room=None, booking=Session.Booking.WISHES)
    BookingFactory(session=own)
    for state in (Booking.State.QUEUE, Booking.State.GIVEN_UP):
        BookingFactory(session=own, state=state)

    assert seats_of(meeting) == {own.pk: Seats(2, 1), rooms.pk: Seats(40, 40)}


@pytest.mark.parametrize("number", [1, 4])
def test_programme_takes_as_many_queries_for_one_session_as_for_four(meeting, expert, number, django_assert_num_queries):
    for _each in range(number):
        BookingFactory(session=PartFactory(session__meeting=meeting, session__booking="seats").session)

    with django_assert_num_queries(7):
        items = items_for(expert, meeting)

    assert [len(item.voices) for item in items] == [1] * number


def test_participant_of_a_closed_session_by_name_reads_its_title(meeting, closed_session):
    admitted = AdmissionFactory(session=closed_session, participant=ParticipantFactory(meeting=meeting)).participant

    titles = [items_for(reader, meeting)[0].title.text for reader in (None, admitted.user)]

    assert titles == ["Closed session", "Lessons of AlphaBay"]
