"""Home, the meetings, and a meeting's page, as visitors, participants and staff get them."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from meetings.models import Meeting
from meetings.services import postpone
from participants.models import Participant
from tests.factories import MeetingFactory, ParticipantFactory, ProgrammeVersionFactory, RoomFactory, SessionFactory, in_days

pytestmark = pytest.mark.django_db


def text_of(response):
    """The words of a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


def cards(response):
    """What the cards of a page are headed with."""
    return re.findall(r'class="pg-cover" href="[^"]+">([^<]+)</a>', response.text)


def heading(response):
    return re.search(r"<h1[^>]*>\s*(?:<a[^>]*>)?([^<]+)", response.text)[1]


def action(response):
    """Where the large button leads, and its words."""
    return re.findall(r'btn-lg" href="([^"]+)">([^<]+)</a>', response.text)


# --- home ---


def test_home_shows_the_next_meeting_first(client, meeting):
    MeetingFactory(slug="later", starts_on=in_days(400).date(), city_en="Later City", year=2028)

    response = client.get("/")

    assert heading(response) == "Annual meeting on drug-related cybercrime"
    assert action(response) == [("/meetings/strasbourg-2026/register/", "Register")]
    days = (meeting.starts_on - meeting.today()).days  # the venue's day begins an hour or two before that of Universal Time
    assert f"Starts in {days} days" in text_of(response)
    assert cards(response) == ["Later City 2028"]


def test_home_shows_past_meetings_with_their_figures(client, past_meeting):
    ParticipantFactory.create_batch(5, meeting=past_meeting)

    response = client.get("/")

    assert cards(response) == ["Dublin 2017"]
    assert re.findall(r"<dt>(\w+)</dt><dd>(\d+)</dd>", response.text) == [("participants", "5"), ("countries", "1"), ("sectors", "1")]


def test_home_shows_no_figures_of_a_handful_of_people(client, past_meeting):
    ParticipantFactory.create_batch(4, meeting=past_meeting)

    assert re.findall(r"<dt>(\w+)</dt><dd>(\d+)</dd>", client.get("/").text) == []


def test_home_without_meetings_says_what_will_be_here(client, db):
    response = client.get("/")

    assert (response.status_code, "No meeting is announced yet" in text_of(response)) == (200, True)


def test_home_between_meetings_says_so(client, past_meeting):
    response = client.get("/")

    assert "No meeting is announced at the moment" in text_of(response)
    assert cards(response) == ["Dublin 2017"]


def test_drafts_are_on_no_list(client, draft_meeting):
    assert "Lisbon" not in client.get("/").text
    assert "Lisbon" not in client.get("/meetings/").text


def test_meetings_lists_the_next_first_and_the_latest_past_first(client, meeting, past_meeting):
    MeetingFactory(slug="later", starts_on=in_days(400).date(), city_en="Later City", year=2028)
    MeetingFactory(slug="oldest", starts_on=dt.date(2016, 11, 15), city_en="Oldest City", year=2016)

    assert cards(client.get("/meetings/")) == ["Strasbourg 2026", "Later City 2028", "Dublin 2017", "Oldest City 2016"]


@pytest.mark.parametrize("address", ["/", "/meetings/"])
def test_lists_of_meetings_take_as_many_queries_for_three_as_for_one(client, past_meeting, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(3) as one:
        client.get(address)
    MeetingFactory.create_batch(2, over=True)
    past_meeting.starts_on -= dt.timedelta(days=1)  # its figures are read again
    past_meeting.save()

    with django_assert_max_num_queries(3) as three:
        client.get(address)

    assert len(one.captured_queries) == len(three.captured_queries)


# --- a meeting ---


@pytest.mark.parametrize(
    ("trait", "tag", "leads_to"),
    [
        ("announced", "Announced", "/meetings/somewhere/programme/"),
        ("", "Registration open", "/meetings/somewhere/register/"),
        ("closed", "Registration closed", "/meetings/somewhere/programme/"),
        ("running", "Under way", "/meetings/somewhere/programme/"),
        ("over", "Over", "/meetings/somewhere/programme/"),
    ],
)
def test_banner_says_where_the_meeting_stands_and_what_to_do(client, trait, tag, leads_to):
    row = MeetingFactory(slug="somewhere", **({trait: True} if trait else {}))
    SessionFactory(meeting=row)

    response = client.get("/meetings/somewhere/")

    assert re.findall(r'pg-tag-\w+">([^<]+)<', response.text) == [tag]
    assert [address for address, _label in action(response)] == [leads_to]


@pytest.mark.parametrize(("trait", "shown"), [("announced", True), ("closed", False), ("over", False)])
def test_how_to_register_stands_there_until_registration_closes(client, trait, shown):
    MeetingFactory(slug="somewhere", **{trait: True})

    assert ("How to register" in text_of(client.get("/meetings/somewhere/"))) is shown


def test_postponed_meeting_shows_each_change_with_its_reason(client, past_meeting):
    Meeting.objects.filter(pk=past_meeting.pk).update(starts_on=dt.date(2018, 4, 17), ends_on=dt.date(2018, 4, 19))
    past_meeting.date_changes.create(
        old_starts_on=dt.date(2017, 12, 12),
        old_ends_on=dt.date(2017, 12, 14),
        new_starts_on=dt.date(2018, 4, 17),
        new_ends_on=dt.date(2018, 4, 19),
        reason_en="The venue was not free.",
        changed_at=dt.datetime(2017, 10, 20, 12, tzinfo=dt.UTC),
    )

    words = text_of(client.get("/meetings/dublin-2017/"))

    assert "First planned for 12–14 December 2017." in words
    assert "20 October 2017 Moved from 12–14 December 2017 to 17–19 April 2018 The venue was not free." in words


def test_reason_in_the_other_language_is_marked(client, past_meeting):
    past_meeting.planned_starts_on = dt.date(2017, 12, 11)
    past_meeting.save()
    days = {"old_starts_on": "2017-12-11", "old_ends_on": "2017-12-14", "new_starts_on": "2017-12-12", "new_ends_on": "2017-12-14"}
    past_meeting.date_changes.create(reason_en="The venue was not free.", **days)

    assert '<span lang="en">The venue was not free.</span>' in client.get("/fr/meetings/dublin-2017/").text


def test_past_meeting_shows_its_figures(client, past_meeting):
    ParticipantFactory.create_batch(6, meeting=past_meeting)

    response = client.get("/meetings/dublin-2017/")

    figures = re.findall(r'pg-figure-number">(\d+)</span> <span class="pg-figure-label">(\w+)', response.text)
    assert figures == [("6", "participants"), ("1", "countries"), ("1", "sectors")]
    assert "1 of the 39 members of the Pompidou Group" in text_of(response)


def test_programme_at_a_glance_masks_closed_sessions(client, meeting, expert, client_of):
    room = RoomFactory(meeting=meeting)
    SessionFactory(meeting=meeting, room=room, title_en="State of play")
    SessionFactory(meeting=meeting, room=room, kind="closed", title_en="Lessons of AlphaBay", families=["law_enforcement"])

    for reader in (client, client_of(expert)):
        page = reader.get("/meetings/strasbourg-2026/").text
        assert re.findall(r'pg-glance-hours">[^<]+</span> <span>([^<]+)<', page) == ["State of play", "Closed session"]


def test_french_twin_is_french(client, meeting):
    response = client.get("/fr/meetings/strasbourg-2026/")

    assert '<html lang="fr">' in response.text
    assert heading(response) == "Réunion annuelle sur la cybercriminalité liée aux drogues"
    assert '<a href="/meetings/strasbourg-2026/" hreflang="en" lang="en">English</a>' in response.text


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/meetings/lisbon-2027/", "No meeting at this address"),
        ("/meetings/nowhere/", "No meeting at this address"),
        ("/meetings/nowhere/programme/", "No meeting at this address"),
        ("/fr/meetings/nowhere/", "Aucune réunion à cette adresse"),
    ],
)
def test_draft_and_unknown_meeting_are_the_same_helpful_page(client, address, title, meeting, draft_meeting):
    response = client.get(address)

    assert (response.status_code, heading(response)) == (404, title)
    assert cards(response) == ["Strasbourg 2026"]
    assert "Lisbon" not in response.text


def test_staff_preview_a_draft(client_of, secretariat, draft_meeting):
    response = client_of(secretariat).get("/meetings/lisbon-2027/")

    assert (response.status_code, "Only staff see this page." in text_of(response)) == (200, True)


def test_preview_is_kept_for_nobody(client, client_of, secretariat, draft_meeting, django_assert_num_queries):
    client_of(secretariat).get("/meetings/lisbon-2027/")

    assert client.get("/meetings/lisbon-2027/").status_code == 404


def test_expert_sees_no_draft(client_of, expert, draft_meeting):
    assert client_of(expert).get("/meetings/lisbon-2027/").status_code == 404


def test_participant_is_led_to_their_own_registration(client_of, expert):
    response = client_of(expert).get("/meetings/strasbourg-2026/")

    assert action(response) == [("/my/strasbourg-2026/", "See your registration")]
    assert "You are registered and have a place." in text_of(response)


@pytest.mark.parametrize("reader", ["stranger", "secretariat"])
def test_others_are_led_to_the_form(client_of, meeting, registration, reader, request):
    response = client_of(request.getfixturevalue(reader)).get("/meetings/strasbourg-2026/")

    assert action(response) == [("/meetings/strasbourg-2026/register/", "Register")]


def test_what_one_reader_is_told_stays_out_of_what_is_kept(client, client_of, expert):
    client_of(expert).get("/meetings/strasbourg-2026/")

    assert action(client.get("/meetings/strasbourg-2026/")) == [("/meetings/strasbourg-2026/register/", "Register")]


def test_page_kept_for_visitors_holds_no_token(client, meeting):
    for _visit in range(2):
        response = client.get("/meetings/strasbourg-2026/")

        assert ("csrf" in response.text, response.cookies.output()) == (False, "")


def test_visitor_with_a_cookie_gets_the_same_page(client, meeting):
    plain = client.get("/meetings/strasbourg-2026/").text
    client.cookies["csrftoken"] = "x" * 32

    assert client.get("/meetings/strasbourg-2026/").text == plain


def test_question_in_the_address_stays_in_its_own_page(client, meeting):
    client.get("/meetings/strasbourg-2026/?from=mail")

    assert "from=mail" not in client.get("/meetings/strasbourg-2026/").text


def test_each_language_has_its_own_page(client, meeting):
    pages = [client.get(f"{prefix}/meetings/strasbourg-2026/").text for prefix in ("", "/fr", "", "/fr")]

    assert [re.search(r'<html lang="(..)"', page)[1] for page in pages] == ["en", "fr", "en", "fr"]


def test_page_is_kept_by_no_browser_and_no_proxy(client, meeting):
    assert client.get("/meetings/strasbourg-2026/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_page_is_only_read(client, meeting, method):
    assert getattr(client, method)("/meetings/strasbourg-2026/").status_code == 405


# --- what is kept shows every edit ---


def test_edit_of_the_meeting_shows_at_once(client, meeting):
    client.get("/meetings/strasbourg-2026/")
    Meeting.objects.filter(pk=meeting.pk).update(practical_en="Take tram E.")

    assert "Take tram E." in client.get("/meetings/strasbourg-2026/").text


def test_edit_of_a_session_shows_as_soon_as_it_is_published(client, meeting):
    session = SessionFactory(meeting=meeting, title_en="Opening")
    client.get("/meetings/strasbourg-2026/")
    session.title_en = "Welcome"
    session.save()
    ProgrammeVersionFactory(meeting=meeting)

    assert "Welcome" in client.get("/meetings/strasbourg-2026/").text


def test_session_that_is_taken_out_goes_with_the_next_version(client, meeting):
    session = SessionFactory(meeting=meeting, title_en="Opening")
    client.get("/meetings/strasbourg-2026/")
    session.delete()
    ProgrammeVersionFactory(meeting=meeting)

    assert "Opening" not in client.get("/meetings/strasbourg-2026/").text


def test_further_postponement_shows_at_once(client, past_meeting, secretariat):
    client.get("/meetings/dublin-2017/")
    days = {"starts_on": dt.date(2018, 4, 17), "ends_on": dt.date(2018, 4, 19)}
    postpone(meeting=past_meeting, reason_en="The venue was not free.", by=secretariat, **days)

    assert "The venue was not free." in client.get("/meetings/dublin-2017/").text


def test_registration_opens_to_the_minute(client, time_machine):
    at = timezone.now().replace(second=30, microsecond=0)
    MeetingFactory(slug="somewhere", registration_opens_at=at + dt.timedelta(seconds=10))
    time_machine.move_to(at, tick=False)
    assert action(client.get("/meetings/somewhere/")) == []

    time_machine.move_to(at + dt.timedelta(seconds=10), tick=False)
    assert action(client.get("/meetings/somewhere/")) == [("/meetings/somewhere/register/", "Register")]


# --- queries ---


def fill(meeting, sessions):
    room = RoomFactory(meeting=meeting)
    SessionFactory.create_batch(sessions, meeting=meeting, room=room)
    ParticipantFactory.create_batch(sessions, meeting=meeting)
    days = {"old_starts_on": "2017-12-11", "old_ends_on": "2017-12-14", "new_starts_on": "2017-12-12", "new_ends_on": "2017-12-14"}
    for _number in range(sessions):
        meeting.date_changes.create(reason_en="Strike.", **days)


@pytest.mark.parametrize("rows", [1, 3])
def test_meeting_page_takes_nine_queries_the_first_time_and_one_after(client, past_meeting, rows, django_assert_num_queries):
    past_meeting.planned_starts_on = dt.date(2017, 12, 11)
    past_meeting.save()
    fill(past_meeting, rows)

    with django_assert_num_queries(9):
        client.get("/meetings/dublin-2017/")
    with django_assert_num_queries(1):
        client.get("/meetings/dublin-2017/")


def test_twenty_more_participants_cost_no_query(client, meeting, django_assert_num_queries):
    client.get("/meetings/strasbourg-2026/")
    ParticipantFactory.create_batch(20, meeting=meeting)

    with django_assert_num_queries(1):
        client.get("/meetings/strasbourg-2026/")

    assert Participant.objects.count() == 20
