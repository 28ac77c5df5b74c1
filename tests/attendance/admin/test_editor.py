import datetime as dt

import pytest

from attendance.models import Booking
from correspondence.models import Message
from meetings.models import ProgrammeVersion, Room, Session
from tests.factories import BookingFactory, MeetingFactory, PartFactory, RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dublin():
    return MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2027, 11, 23), city_en="Dublin")


@pytest.fixture
def page(dublin):
    return f"/admin/meetings/meeting/{dublin.pk}/programme/"


@pytest.fixture
def hall(dublin):
    return RoomFactory(meeting=dublin, name_en="Main hall", seats=120)


@pytest.fixture
def opening(dublin, hall):
    return SessionFactory(meeting=dublin, room=hall, title_en="Opening")


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


def sent(response):
    """What the form with the sessions would send as it stands: the inputs, hidden ones too, and the chosen options."""
    rows = [row for _day, day in response.context["days"] for row, _names, _clashes in day]
    data = {}
    for row in rows:
        for field in row.visible_fields():
            value = field.value()
            value = value.strftime("%H:%M") if isinstance(value, dt.time) else value
            data |= {field.html_name: value, field.html_initial_name: value}
    return data


def hours(session):
    session.refresh_from_db()
    return f"{session.local_start():%d %H:%M}-{session.local_end():%H:%M}"


def said(response):
    return [str(message) for message in response.context["messages"]]


def change(office, page, session, **fields):
    data = sent(office.get(page)) | {f"s{session.pk}-{name}": value for name, value in fields.items()}
    return office.post(page, data, follow=True)


# --- hours and rooms ---


def test_page_saved_as_it_stands_changes_nothing(office, page, opening):
    before = Session.objects.values().get()

    response = change(office, page, opening)

    assert said(response) == ["Nothing was changed."]
    assert (Session.objects.values().get(), opening.history.count()) == (before, 1)


def test_hours_day_and_room_change_in_place(office, page, dublin, opening, secretariat):
    other = RoomFactory(meeting=dublin)

    response = change(office, page, opening, day="2027-11-24", starts="10:15", ends="11:00", room=other.pk)

    assert said(response) == ["1 session is changed."]
    assert (hours(opening), opening.room) == ("24 10:15-11:00", other)
    assert opening.history.first().history_user == secretariat


def test_several_sessions_change_together_or_not_at_all(office, page, dublin, opening):
    lunch = SessionFactory(meeting=dublin, kind="break")
    data = sent(office.get(page)) | {f"s{opening.pk}-starts": "08:00", f"s{lunch.pk}-ends": "07:00"}

    response = office.post(page, data)

    assert response.status_code == 200
    assert "The session ends before it starts." in response.content.decode()
    assert (hours(opening), hours(lunch)) == ("23 09:00-10:00", "23 09:00-10:00")


def test_what_somebody_else_changed_meanwhile_stays(office, page, opening, hall):
    stale = sent(office.get(page)) | {f"s{opening.pk}-room": ""}
    change(office, page, opening, starts="08:00")

    office.post(page, stale)

    assert (hours(opening), opening.room) == ("23 08:00-10:00", None)


def test_session_added_meanwhile_does_not_stop_the_others(office, page, dublin, opening):
    stale = sent(office.get(page)) | {f"s{opening.pk}-ends": "11:00"}
    added = SessionFactory(meeting=dublin)

    office.post(page, stale)

    assert (hours(opening), hours(added)) == ("23 09:00-11:00", "23 09:00-10:00")


def test_evening_may_go_on_past_midnight(office, page, dublin):
    dinner = SessionFactory(meeting=dublin, kind="social")

    change(office, page, dinner, starts="21:00", ends="00:30")

    assert (hours(dinner), dinner.ends_at - dinner.starts_at) == ("23 21:00-00:30", dt.timedelta(hours=3.5))


def test_room_is_never_smaller_than_the_seats(office, page, dublin, opening):
    Session.objects.update(seats=40)
    small = RoomFactory(meeting=dublin, seats=30)

    response = change(office, page, opening, room=small.pk)

    assert "The room has only 30 seats." in response.content.decode()
    opening.refresh_from_db()
    assert opening.room != small


def test_room_of_another_meeting_is_refused(office, page, opening):
    change(office, page, opening, room=RoomFactory().pk)

    opening.refresh_from_db()
    assert opening.room.name_en == "Main hall"


def test_hour_that_the_clocks_leave_out_is_refused(office):
    meeting = MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2027, 3, 28))
    session = SessionFactory(meeting=meeting)

    response = change(office, f"/admin/meetings/meeting/{meeting.pk}/programme/", session, starts="01:30")

    assert "This hour does not exist on that day: the clocks go forward." in response.content.decode()


def test_clashes_stand_beside_their_session_in_words(office, page, dublin, opening, hall):
    SessionFactory(meeting=dublin, room=hall, title_en="Lunch")

    html = office.get(page).content.decode()

    assert html.count("<li>Main hall is taken at that time by “Lunch”, 09:00–10:00.</li>") == 1
    assert "2 sessions clash; it says so beside them." in html


def test_those_with_a_part_stand_beside_their_session_as_they_may_be_seen(
    office, client_of, rapporteur, page, opening, protected_registration
):
    PartFactory(session=opening, participant__given_name="Maeve", participant__family_name="Orrin", role="2_moderator")
    PartFactory(session=opening, participant=protected_registration)
    [[_day, [(_row, names, _clashes)]]] = office.get(page).context["days"]
    [[_day, [(_row, hidden, _clashes)]]] = client_of(rapporteur).get(page).context["days"]

    assert (names, hidden) == (["Expert K.", "Maeve Orrin (Moderator)"], ())


def test_rapporteur_edits_and_reads_nothing_of_people(client_of, rapporteur, page, opening):
    PartFactory(session=opening, participant__withdrawn=True, participant__family_name="Canary")
    browser = client_of(rapporteur)

    assert "Canary" not in browser.get(page).content.decode()
    assert said(change(browser, page, opening, ends="10:30")) == ["1 session is changed."]


def test_readers_get_no_form(client_of, auditor, page, opening):
    html = client_of(auditor).get(page).content.decode()

    assert ("Opening" in html, f"s{opening.pk}-starts" in html) == (True, False)


@pytest.mark.parametrize("number", [1, 5])
def test_page_takes_as_many_queries_for_one_session_as_for_five(office, page, dublin, hall, number, django_assert_max_num_queries):
    for hour in range(number):
        start = dt.datetime(2027, 11, 23, 8 + hour, tzinfo=dublin.zone)
        PartFactory(session=SessionFactory(meeting=dublin, room=hall, starts_at=start))

    with django_assert_max_num_queries(22):
        assert office.get(page).status_code == 200


# --- moving ---


@pytest.mark.parametrize(("scope", "moved"), [("later", ["09:20-10:20", "11:20-12:20"]), ("one", ["09:20-10:20", "11:00-12:00"])])
def test_one_session_or_all_after_it_move_by_minutes(office, page, dublin, opening, scope, moved):
    start = opening.starts_at
    earlier = SessionFactory(meeting=dublin, starts_at=start - dt.timedelta(hours=1))
    later = SessionFactory(meeting=dublin, starts_at=start + dt.timedelta(hours=2))
    tomorrow = SessionFactory(meeting=dublin, starts_at=start + dt.timedelta(days=1))

    office.post(f"{page}shift/", {"shift-session": opening.pk, "shift-minutes": 20, "shift-scope": scope})

    assert [hours(session) for session in (opening, later)] == [f"23 {words}" for words in moved]
    assert [hours(session) for session in (earlier, tomorrow)] == ["23 08:00-09:00", "24 09:00-10:00"]


def test_session_does_not_move_to_another_day(office, page, opening):
    response = office.post(f"{page}shift/", {"shift-session": opening.pk, "shift-minutes": -600, "shift-scope": "later"})

    assert "That would move a session to another day." in response.content.decode()
    assert hours(opening) == "23 09:00-10:00"


def test_session_of_another_meeting_does_not_move(office, page, opening):
    other = SessionFactory()

    response = office.post(f"{page}shift/", {"shift-session": other.pk, "shift-minutes": 20, "shift-scope": "one"})

    assert list(response.context["shift"].errors) == ["session"]


# --- adding ---


def test_session_is_added_with_few_words(office, page, dublin, hall):
    typed = {"title_en": "Parcels", "kind": "workshop", "day": "2027-11-25", "starts": "09:30", "ends": "11:00", "room": hall.pk}

    response = office.post(f"{page}add/", {f"add-{name}": value for name, value in typed.items()}, follow=True)

    session = Session.objects.get()
    assert said(response) == ["“Parcels” is added."]
    assert (session.kind, hours(session), session.room, session.meeting) == ("workshop", "25 09:30-11:00", hall, dublin)


def test_session_that_ends_before_it_starts_is_not_added(office, page, dublin):
    typed = {"title_en": "Parcels", "kind": "workshop", "day": "2027-11-25", "starts": "11:00", "ends": "09:30", "room": ""}

    response = office.post(f"{page}add/", {f"add-{name}": value for name, value in typed.items()})

    assert response.context["add"].non_field_errors() == ["The session ends before it starts."]
    assert not Session.objects.exists()


# --- publishing ---


def test_publishing_says_first_what_changed_and_who_is_told(office, page, opening):
    BookingFactory(session=opening)
    change(office, page, opening, starts="09:30")

    html = office.get(f"{page}publish/").content.decode()

    assert "“Opening”: moved from Tuesday 23 November 2027, 09:00–10:00 to Tuesday 23 November 2027, 09:30–10:00." in html
    assert "1 person with a seat, in a queue or with a part is told by mail, unless you keep a draft." in html
    assert not Message.objects.exists()


def test_publishing_keeps_a_version_and_tells(office, page, dublin, opening, secretariat):
    BookingFactory(session=opening)
    change(office, page, opening, starts="09:30")

    response = office.post(f"{page}publish/", {"stage": "final", "note_en": "Doors open at 8."}, follow=True)

    version = ProgrammeVersion.objects.get(stage="final")
    assert said(response) == ["Final, revision 1 is kept; 1 person is told by mail."]
    assert (version.meeting, version.note_en, version.published_by) == (dublin, "Doors open at 8.", secretariat)
    assert Message.objects.get().kind == "programme_changed"


def test_publishing_twice_keeps_one_version_and_says_so(office, page, dublin, opening):
    change(office, page, opening, starts="09:30")
    office.post(f"{page}publish/", {"stage": "provisional", "note_en": "Doors open at 8."})
    number = dublin.programme_versions.count()

    again = office.post(f"{page}publish/", {"stage": "provisional", "note_en": "Doors open at 8."}, follow=True)
    kept = dublin.programme_versions.count()
    office.post(f"{page}publish/", {"stage": "provisional", "note_en": "Doors open at 9."})

    assert said(again)[-1:] == ["Nothing is new since Provisional, revision 2: it stays as it is."]
    assert (kept, dublin.programme_versions.count()) == (number, number + 1)


def test_page_says_what_is_not_published_yet(office, page, opening):
    assert "Everything is published." in office.get(page).content.decode()

    response = change(office, page, opening, starts="09:30")

    assert response.context["changes"] == [
        "“Opening”: moved from Tuesday 23 November 2027, 09:00–10:00 to Tuesday 23 November 2027, 09:30–10:00."
    ]


# --- copying ---


@pytest.fixture
def lisbon():
    return MeetingFactory(timezone="Europe/Lisbon", starts_on=dt.date(2028, 5, 9), city_en="Lisbon")


def test_copy_is_shown_first(office, page, dublin, opening, lisbon):
    response = office.get(f"/admin/meetings/meeting/{lisbon.pk}/programme/copy/?source={dublin.pk}")

    assert [words for words, _room in response.context["preview"]] == ["Tuesday 9 May, 09:00–10:00: Opening"]
    assert not lisbon.sessions.exists()


def test_frame_is_copied_to_the_same_day_and_hours_without_people(office, dublin, opening, lisbon, secretariat):
    PartFactory(session=opening)
    BookingFactory(session=opening)
    SessionFactory(meeting=dublin, is_cancelled=True)

    office.post(f"/admin/meetings/meeting/{lisbon.pk}/programme/copy/", {"source": dublin.pk})

    session = lisbon.sessions.get()
    assert (session.title_en, hours(session), session.starts_at) == (
        "Opening",
        "09 09:00-10:00",
        dt.datetime(2028, 5, 9, 8, tzinfo=dt.UTC),
    )
    assert (session.parts.count(), session.bookings.count(), Booking.objects.count()) == (0, 0, 1)
    assert (session.room.name_en, session.room.seats, session.room.meeting) == ("Main hall", 120, lisbon)
    assert session.history.get().history_user == secretariat


def test_room_of_the_same_name_is_used_and_limits_the_seats(office, dublin, opening, lisbon):
    Session.objects.update(seats=100)
    hall = RoomFactory(meeting=lisbon, name_en="Main hall", seats=80)

    office.post(f"/admin/meetings/meeting/{lisbon.pk}/programme/copy/", {"source": dublin.pk})

    session = lisbon.sessions.get()
    assert (session.room, session.seats, Room.objects.filter(meeting=lisbon).count()) == (hall, 80, 1)


def test_copy_that_does_not_fit_the_days_is_told(office, dublin, lisbon):
    SessionFactory(meeting=dublin, starts_at=dt.datetime(2027, 11, 26, 9, tzinfo=dublin.zone))

    html = office.get(f"/admin/meetings/meeting/{lisbon.pk}/programme/copy/?source={dublin.pk}").content.decode()

    assert "1 of them would be after the last day." in html
