"""Meetings, rooms and sessions in the back office."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import DateChange, Meeting, Room, Session
from tests.factories import MeetingFactory, RoomFactory, SessionFactory
from tests.filled import filled

MEETINGS, SESSIONS, ROOMS = "/admin/meetings/meeting/", "/admin/meetings/session/", "/admin/meetings/room/"


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


def page_of(meeting):
    return f"{MEETINGS}{meeting.pk}/change/"


def save(browser, address, form_id, **changes):
    """Open a form, type over it and send it."""
    return browser.post(address, filled(browser.get(address), form_id, **changes), follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- meetings ---


@pytest.mark.parametrize("path", [MEETINGS, f"{MEETINGS}add/", SESSIONS, f"{SESSIONS}add/", ROOMS, f"{ROOMS}add/"])
def test_pages_open_for_the_secretariat(office, meeting, path):
    assert office.get(path).status_code == 200


@pytest.mark.parametrize("path", [f"{MEETINGS}add/", f"{SESSIONS}add/", f"{ROOMS}add/"])
def test_only_the_secretariat_adds(client_of, auditor, meeting, path):
    assert client_of(auditor).get(path).status_code == 403


def test_a_meeting_saved_as_it_stands_is_unchanged(office, past_meeting):
    before = Meeting.objects.values().get()

    save(office, page_of(past_meeting), "meeting_form")

    assert Meeting.objects.values().get() == before


def test_days_of_a_published_meeting_do_not_move_without_a_reason(office, past_meeting):
    response = save(office, page_of(past_meeting), "meeting_form", starts_on="2018-04-17", ends_on="2018-04-19")

    assert response.context["adminform"].form.errors == {
        "reason_en": ["Please say why the days change; the reason is shown to the public."]
    }
    assert Meeting.objects.get().starts_on == dt.date(2017, 12, 12)


def test_days_of_a_published_meeting_move_with_a_reason(office, past_meeting, secretariat):
    save(office, page_of(past_meeting), "meeting_form", starts_on="2018-04-17", ends_on="2018-04-19", reason_en="The venue is not ready.")

    change = DateChange.objects.get()
    assert (change.old_starts_on, change.new_starts_on) == (dt.date(2017, 12, 12), dt.date(2018, 4, 17))
    assert (change.reason_en, change.changed_by) == ("The venue is not ready.", secretariat)


def test_other_changes_are_saved_with_the_new_days(office, past_meeting):
    changes = {"starts_on": "2018-04-17", "ends_on": "2018-04-19", "reason_en": "Storm.", "capacity": "77"}

    save(office, page_of(past_meeting), "meeting_form", **changes)

    meeting = Meeting.objects.get()
    assert (meeting.starts_on, meeting.capacity, meeting.planned_starts_on) == (dt.date(2018, 4, 17), 77, dt.date(2017, 12, 12))


def test_moving_the_days_tells_of_sessions_left_behind(office, past_meeting):
    SessionFactory(meeting=past_meeting)

    response = save(office, page_of(past_meeting), "meeting_form", starts_on="2018-04-17", ends_on="2018-04-19", reason_en="Storm.")

    assert "1 session of the programme is still on one of the old days." in said(response)


def test_the_log_of_dates_is_shown_once_there_is_one(office, past_meeting):
    save(office, page_of(past_meeting), "meeting_form", starts_on="2018-04-17", ends_on="2018-04-19", reason_en="The venue is not ready.")

    page = office.get(page_of(past_meeting)).content.decode()

    assert "12–14 December 2017" in page
    assert "The venue is not ready." in page


def test_the_plan_of_a_draft_follows_its_days(office, draft_meeting):
    save(office, page_of(draft_meeting), "meeting_form", starts_on="2027-05-11", ends_on="2027-05-13")

    meeting = Meeting.objects.get()
    assert (meeting.planned_starts_on, meeting.is_postponed) == (dt.date(2027, 5, 11), False)
    assert not DateChange.objects.exists()


def test_times_of_registration_are_on_the_clock_of_the_venue(office):
    meeting = MeetingFactory(timezone="America/New_York", registration_opens_at=dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC))

    page = filled(office.get(page_of(meeting)), "meeting_form")
    save(office, page_of(meeting), "meeting_form", registration_opens_at="2026-09-01T09:30")

    assert page["registration_opens_at"] == "2026-09-01T08:00"
    assert Meeting.objects.get().registration_opens_at == dt.datetime(2026, 9, 1, 13, 30, tzinfo=dt.UTC)


def test_a_new_time_zone_counts_for_the_times_typed_with_it(office):
    meeting = MeetingFactory(timezone="Europe/Paris")

    save(office, page_of(meeting), "meeting_form", timezone="Europe/Lisbon", registration_opens_at="2026-09-01T09:00")

    assert Meeting.objects.get().registration_opens_at == dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe", "../../etc/passwd", "9" * 5000, "\x00"])
def test_an_unknown_time_zone_is_an_error_beside_its_field(office, meeting, zone):
    response = save(office, page_of(meeting), "meeting_form", timezone=zone)

    assert list(response.context["adminform"].form.errors) == ["timezone"]


def test_a_new_meeting_starts_from_the_latest_edition(office, past_meeting):
    form = filled(office.get(f"{MEETINGS}add/"), "meeting_form")

    assert (form["ordinal"], form["year"], form["title_fr"]) == ("6", "2018", past_meeting.title_fr)


def test_a_new_meeting_plans_the_days_it_has(office, db):
    typed = {
        "year": "2027", "ordinal": "9", "slug": "lisbon-2027", "code": "CYB27", "title_en": "Annual meeting", "city_en": "Lisbon",
        "host_country": "PT", "timezone": "Europe/Lisbon", "starts_on": "2027-05-11", "ends_on": "2027-05-13",
    }  # fmt: skip

    save(office, f"{MEETINGS}add/", "meeting_form", **typed)

    assert Meeting.objects.get().planned_ends_on == dt.date(2027, 5, 13)


def test_publish_says_how_many_were_drafts(office, meeting, draft_meeting):
    chosen = {"action": "publish", "_selected_action": [meeting.pk, draft_meeting.pk]}

    response = office.post(MEETINGS, chosen, follow=True)

    assert said(response) == ["1 meeting published."]
    assert Meeting.objects.published().count() == 2


def test_unpublish_leaves_a_line_of_history(office, meeting, secretariat):
    office.post(MEETINGS, {"action": "unpublish", "_selected_action": [meeting.pk]})

    latest = meeting.history.latest()
    assert (latest.is_published, latest.history_user) == (False, secretariat)


def test_readers_are_offered_no_action(client_of, auditor, meeting):
    assert client_of(auditor).get(MEETINGS).context["action_form"] is None


def test_a_draft_has_no_link_to_a_public_page(office, draft_meeting):
    assert office.get(page_of(draft_meeting)).context["absolute_url"] is None


def test_history_tells_old_and_new_in_words(office, meeting):
    save(office, page_of(meeting), "meeting_form", capacity="120", is_published=[])

    page = office.get(f"{MEETINGS}{meeting.pk}/history/").content.decode()

    assert "<strong>Places:</strong> 100 → 120" in page
    assert "<strong>Published:</strong> yes → no" in page


def test_no_old_version_can_be_put_back(office, meeting):
    old = filled(office.get(page_of(meeting)), "meeting_form")
    version = meeting.history.latest().pk
    save(office, page_of(meeting), "meeting_form", capacity="120")

    office.post(f"{MEETINGS}{meeting.pk}/history/{version}/", old, follow=True)

    assert Meeting.objects.get().capacity == 120


@pytest.mark.parametrize("path", [MEETINGS, ROOMS, SESSIONS])
def test_lists_ask_as_often_for_three_rows_as_for_one(office, meeting, path):
    SessionFactory(meeting=meeting)
    office.get(path)
    with CaptureQueriesContext(connection) as for_one:
        office.get(path)
    SessionFactory(meeting=MeetingFactory(timezone="Europe/Dublin"))
    SessionFactory(meeting=MeetingFactory(timezone="Europe/Rome"))

    with CaptureQueriesContext(connection) as for_three:
        office.get(path)

    assert len(for_three) == len(for_one)


# --- sessions ---


def test_times_of_a_session_are_on_the_clock_of_its_venue(office, past_meeting):
    session = SessionFactory(meeting=past_meeting)  # 09:00 in Dublin, 10:00 in Strasbourg
    address = f"{SESSIONS}{session.pk}/change/"

    page = filled(office.get(address), "session_form")
    save(office, address, "session_form", starts_at="2017-12-12T08:15")

    assert page["starts_at"] == "2017-12-12T09:00"
    assert Session.objects.get().starts_at == dt.datetime(2017, 12, 12, 8, 15, tzinfo=dt.UTC)


def test_a_time_that_the_clock_skips_is_an_error(office, meeting):
    """On 28 March 2027 clocks go from 02:00 to 03:00."""
    session = SessionFactory(meeting=meeting)

    response = save(office, f"{SESSIONS}{session.pk}/change/", "session_form", starts_at="2027-03-28T02:30", ends_at="2027-03-28T04:00")

    assert list(response.context["adminform"].form.errors) == ["starts_at"]


def test_families_are_ticked(office, meeting):
    session = SessionFactory(meeting=meeting, kind=Session.Kind.CLOSED)

    save(office, f"{SESSIONS}{session.pk}/change/", "session_form", families=["judiciary", "law_enforcement"])

    assert set(Session.objects.get().families) == {"judiciary", "law_enforcement"}


def test_a_family_that_does_not_exist_is_refused(office, meeting):
    session = SessionFactory(meeting=meeting)

    response = save(office, f"{SESSIONS}{session.pk}/change/", "session_form", families=["everybody"])

    assert list(response.context["adminform"].form.errors) == ["families"]


def test_only_rooms_of_the_meeting_are_offered(office, meeting):
    session, elsewhere = SessionFactory(meeting=meeting), RoomFactory()

    form = office.get(f"{SESSIONS}{session.pk}/change/").context["adminform"].form

    assert list(form.fields["room"].queryset) == [session.room]
    assert elsewhere not in form.fields["room"].queryset


def test_a_room_of_another_meeting_is_refused(office, meeting):
    session, elsewhere = SessionFactory(meeting=meeting), RoomFactory()

    response = save(office, f"{SESSIONS}{session.pk}/change/", "session_form", room=str(elsewhere.pk))

    assert list(response.context["adminform"].form.errors) == ["room"]


def test_a_rapporteur_changes_sessions_and_not_the_meeting(client_of, rapporteur, meeting):
    session = SessionFactory(meeting=meeting)
    browser = client_of(rapporteur)

    save(browser, f"{SESSIONS}{session.pk}/change/", "session_form", title_en="Closing")
    refused = browser.post(page_of(meeting), {"capacity": "1"})

    assert Session.objects.get().title_en == "Closing"
    assert refused.status_code == 403


def test_readers_see_families_by_name(client_of, auditor, meeting):
    session = SessionFactory(meeting=meeting, kind=Session.Kind.CLOSED, families=["judiciary", "law_enforcement"])

    page = client_of(auditor).get(f"{SESSIONS}{session.pk}/change/").content.decode()

    assert "Judiciary, Law enforcement" in page


@pytest.mark.parametrize("meeting_id", ["0", "99999999999999999999999999", "x", "-1", "²"])
def test_a_session_for_a_meeting_that_is_not_there_is_an_error_beside_the_field(office, meeting, meeting_id):
    response = save(office, f"{SESSIONS}add/?meeting={meeting_id}", "session_form", meeting=meeting_id, title_en="Opening")

    assert "meeting" in response.context["adminform"].form.errors


def test_a_room_keeps_its_name_once_per_meeting(office, meeting):
    Room.objects.create(meeting=meeting, name_en="G01", seats=90)

    response = save(office, f"{ROOMS}add/", "room_form", meeting=str(meeting.pk), name_en="G01", seats="10")

    assert response.context["adminform"].form.errors == {"__all__": ["This meeting has a room of that name."]}
