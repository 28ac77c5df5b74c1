"""The programme as a page and as a calendar file: who sees what of a closed session."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from icalendar import Calendar

from meetings.audiences import Family
from meetings.models import Room
from meetings.versions import keep_version
from participants.models import Participant
from tests.factories import MeetingFactory, PartFactory, ParticipantFactory, ProgrammeVersionFactory, SectorFactory, SessionFactory
from tests.pdf_text import texts_of

pytestmark = pytest.mark.django_db

PAGE, FILE = "/meetings/strasbourg-2026/programme/", "/meetings/strasbourg-2026/programme.ics"


@pytest.fixture
def closed_session(meeting):
    session = SessionFactory(
        meeting=meeting,
        kind="closed",
        title_en="Lessons of AlphaBay",
        title_fr="Les leçons d’AlphaBay",
        abstract_en="Canary abstract",
        families=[Family.LAW_ENFORCEMENT],
    )
    PartFactory(session=session, participant=None, guest_name="Canary speaker")
    return session


@pytest.fixture
def running_meeting():
    """Under way since yesterday, whatever the clock says."""
    return MeetingFactory(running=True)


def titles(response):
    return re.findall(r"<h3>([^<]+?) ?<", response.text)


def summaries(response):
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).events]


def test_programme_names_the_clock(client, meeting):
    SessionFactory(meeting=meeting)

    response = client.get(PAGE)

    assert "Times are on the venue’s clock: Strasbourg time." in response.text
    assert re.findall(r'pg-day-clock">(Strasbourg time, UTC\+[12])<', response.text) != []


def test_programme_without_sessions_says_what_will_be_here(client, meeting):
    response = client.get(PAGE)

    assert (response.status_code, "The programme is not ready yet" in response.text) == (200, True)


def test_visitor_reads_that_a_session_is_closed_and_nothing_of_it(client, closed_session):
    page, file = client.get(PAGE), client.get(FILE)

    assert (titles(page), summaries(file)) == (["Closed session"], ["Closed session"])
    assert ["Canary" in response.text for response in (page, file)] == [False, False]


def test_participant_of_the_family_reads_it(client_of, expert, closed_session):
    page, file = client_of(expert).get(PAGE), client_of(expert).get(FILE)

    assert (titles(page), summaries(file)) == (["Lessons of AlphaBay"], ["Lessons of AlphaBay"])
    assert "You see closed sessions" in page.text


@pytest.mark.parametrize("state", [state for state in Participant.State if state not in {"confirmed", "unconfirmed"}])
def test_registration_without_a_place_opens_nothing(client_of, expert, registration, closed_session, state):
    Participant.objects.filter(pk=registration.pk).update(state=state)

    assert titles(client_of(expert).get(PAGE)) == ["Closed session"]


def test_participant_of_another_family_reads_nothing_of_it(client_of, meeting, closed_session):
    academic = ParticipantFactory(meeting=meeting, sector=SectorFactory(code="academia")).user

    assert titles(client_of(academic).get(PAGE)) == ["Closed session"]
    assert summaries(client_of(academic).get(FILE)) == ["Closed session"]


def test_place_at_another_meeting_opens_nothing(client_of, closed_session):
    officer = ParticipantFactory(meeting=MeetingFactory()).user

    assert titles(client_of(officer).get(PAGE)) == ["Closed session"]


def test_chatham_house_session_names_nobody_to_anybody(client, client_of, expert, meeting):
    session = SessionFactory(meeting=meeting, title_en="Open talk", is_chatham_house=True)
    PartFactory(session=session, participant=None, guest_name="Canary speaker")

    for reader in (client, client_of(expert)):
        assert titles(reader.get(PAGE)) == ["Open talk"]
        assert "Canary" not in reader.get(PAGE).text + reader.get(FILE).text


def test_one_day_is_shown_when_asked_for(client, meeting):
    next_day = meeting.starts_on + dt.timedelta(days=1)
    SessionFactory(meeting=meeting, title_en="Opening")
    SessionFactory(meeting=meeting, title_en="Closing", starts_at=dt.datetime.combine(next_day, dt.time(9), tzinfo=meeting.zone))

    page = client.get(f"{PAGE}?day={next_day}")

    assert titles(page) == ["Closing"]
    assert re.findall(r'href="\?day=([-\d]+)"( aria-current="page")?', page.text) == [
        (str(meeting.starts_on), ""),
        (str(next_day), ' aria-current="page"'),
    ]


@pytest.mark.parametrize("asked", ["", "1999-01-01", "tomorrow", "<script>", "9" * 3000])
def test_a_day_that_is_none_shows_all(client, meeting, asked):
    SessionFactory(meeting=meeting, title_en="Opening")

    assert titles(client.get(PAGE, {"day": asked})) == ["Opening"]


def test_while_the_meeting_runs_now_and_next_stand_first(client, running_meeting):
    address = f"/meetings/{running_meeting.slug}/programme/"
    for title, hours in (("Under way", -0.5), ("Soon", 1), ("Later", 3)):
        SessionFactory(meeting=running_meeting, title_en=title, starts_at=timezone.now() + dt.timedelta(hours=hours))

    now = re.search(r'<section class="pg-now".+?</section>', client.get(address).text, re.DOTALL)[0]

    assert re.findall(r'#session-\d+">([^<]+)<', now) == ["Under way", "Soon"]


def test_now_and_next_tells_no_more_of_a_closed_session(client, running_meeting):
    SessionFactory(meeting=running_meeting, kind="closed", title_en="Canary", starts_at=timezone.now() - dt.timedelta(minutes=5))

    page = client.get(f"/meetings/{running_meeting.slug}/programme/")

    assert ("Canary" in page.text, page.text.count("Closed session")) == (False, 2)


def test_before_the_meeting_nothing_is_now(client, meeting):
    SessionFactory(meeting=meeting)

    assert 'id="now"' not in client.get(PAGE).text


def test_only_those_whose_session_may_stay_open_get_the_script(client, client_of, secretariat, running_meeting):
    SessionFactory(meeting=running_meeting, starts_at=timezone.now())
    address = f"/meetings/{running_meeting.slug}/programme/"

    assert ["js/now.js" in reader.get(address).text for reader in (client, client_of(secretariat))] == [True, False]


def test_session_says_its_kind_room_languages_seats_and_label(client, meeting):
    SessionFactory(
        meeting=meeting,
        kind="workshop",
        room__name_en="G02",
        languages=["en"],
        is_interpreted=True,
        booking="seats",
        seats=30,
        label="TLP:AMBER+STRICT",
    )

    page = client.get(PAGE).text

    meta = re.search(r'<p class="pg-item-meta">(.+?)</p>', page)[1]
    assert re.findall(r"<span>([^<]+)</span>", meta) == [
        "Workshop",
        "G02",
        "English",
        "English and French interpretation",
        "Seats left: 30 of 30",
    ]
    assert '<span class="pg-tlp pg-tlp-amberstrict">TLP:AMBER+STRICT</span>' in page


def test_file_of_one_session_has_that_session(client, meeting):
    _other, wanted = SessionFactory(meeting=meeting), SessionFactory(meeting=meeting, title_en="Opening")

    response = client.get(f"{PAGE}{wanted.pk}.ics")

    assert summaries(response) == ["Opening"]
    assert response.headers["Content-Disposition"] == f'attachment; filename="strasbourg-2026-{wanted.pk}.ics"'


def test_file_of_a_closed_session_is_masked(client, client_of, expert, closed_session):
    address = f"{PAGE}{closed_session.pk}.ics"

    assert ("Canary" in client.get(address).text, summaries(client.get(address))) == (False, ["Closed session"])
    assert summaries(client_of(expert).get(address)) == ["Lessons of AlphaBay"]


def test_session_of_another_meeting_or_of_a_draft_has_no_file_here(client, meeting, draft_meeting):
    elsewhere, drafted = SessionFactory(meeting=MeetingFactory()), SessionFactory(meeting=draft_meeting)

    assert client.get(f"{PAGE}{elsewhere.pk}.ics").status_code == 404
    assert client.get(f"/meetings/lisbon-2027/programme/{drafted.pk}.ics").status_code == 404


def test_a_file_names_nobody_protected_even_to_themself(client_of, meeting, protected_registration, protected_expert):
    PartFactory(session__meeting=meeting, participant=protected_registration)
    reader = client_of(protected_expert)

    assert ("Livia Canary" in reader.get(PAGE).text, "Canary" in reader.get(FILE).text) == (True, False)


def test_file_is_a_calendar_to_keep(client, meeting):
    SessionFactory(meeting=meeting)

    response = client.get(FILE)

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="strasbourg-2026.ics"'
    assert response.headers["Cache-Control"] == "no-store"


def test_french_twins_are_french(client, meeting):
    SessionFactory(meeting=meeting, title_en="Opening", title_fr="Ouverture")

    assert titles(client.get("/fr/meetings/strasbourg-2026/programme/")) == ["Ouverture"]
    assert summaries(client.get("/fr/meetings/strasbourg-2026/programme.ics")) == ["Ouverture"]


def test_file_of_a_draft_is_not_there(client, client_of, secretariat, draft_meeting):
    assert client.get("/meetings/lisbon-2027/programme.ics").status_code == 404
    assert client_of(secretariat).get("/meetings/lisbon-2027/programme.ics").status_code == 200


def test_hostile_title_stays_text(client, meeting):
    SessionFactory(meeting=meeting, title_en="<script>alert(1)</script>")

    assert titles(client.get(PAGE)) == ["&lt;script&gt;alert(1)&lt;/script&gt;"]


@pytest.mark.parametrize("sessions", [1, 3])
def test_page_and_file_take_seven_queries(client, meeting, sessions, django_assert_num_queries):
    SessionFactory.create_batch(sessions, meeting=meeting)

    with django_assert_num_queries(7):
        client.get(PAGE)
    with django_assert_num_queries(7):
        client.get(FILE)


@pytest.mark.parametrize(
    ("ending", "kind"),
    [("pdf", "application/pdf"), ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")],
)
@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/fr", "fr")])
def test_agenda_is_a_file_to_keep(client, meeting, ending, kind, prefix, language):
    response = client.get(f"{prefix}/meetings/strasbourg-2026/programme.{ending}")

    assert (response.status_code, response.headers["Content-Type"]) == (200, kind)
    assert response.headers["Content-Disposition"] == f'attachment; filename="strasbourg-2026-programme-{language}.{ending}"'


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_agenda_of_a_draft_is_not_there(client, client_of, secretariat, draft_meeting, ending):
    address = f"/meetings/lisbon-2027/programme.{ending}"

    assert [reader.get(address).status_code for reader in (client, client_of(secretariat))] == [404, 200]


def test_page_and_files_say_which_version_they_are(client, meeting):
    SessionFactory(meeting=meeting)
    meeting.programme_versions.update(published_at=dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC))
    words = "Provisional programme, revision 1, 3 November 2026"

    assert f"<strong>{words}</strong>" in client.get(PAGE).text
    assert f"<p>{words}</p>" in client.get("/meetings/strasbourg-2026/").text
    assert any(words in text for text in texts_of(client.get("/meetings/strasbourg-2026/programme.pdf").content))


def test_reader_is_told_what_changed_and_of_closed_sessions_only_that_something_did(client, client_of, secretariat, meeting):
    talk = SessionFactory(meeting=meeting, title_en="Talk")
    closed = SessionFactory(meeting=meeting, title_en="Canary", kind="closed", room=talk.room)
    for session in (talk, closed):
        session.starts_at += dt.timedelta(hours=1)
        session.ends_at += dt.timedelta(hours=1)
        session.save()
    ProgrammeVersionFactory(meeting=meeting)

    told, told_to_staff = (re.findall(r"<li>([^<]+): moved from", reader.get(PAGE).text) for reader in (client, client_of(secretariat)))

    assert (told, told_to_staff) == (["“Talk”", "“Closed session”"], ["“Talk”", "“Canary”"])


def test_staff_see_what_is_not_published_and_are_told_so(client, client_of, secretariat, meeting):
    session = SessionFactory(meeting=meeting, title_en="Old title")
    assert "Not published yet" not in client_of(secretariat).get(PAGE).text

    session.title_en = "New title"
    session.save()

    page = client_of(secretariat).get(PAGE)
    assert (titles(page), "Not published yet" in page.text) == (["New title"], True)
    assert (titles(client.get(PAGE)), "Not published yet" in client.get(PAGE).text) == (["Old title"], False)


def test_agenda_of_staff_that_is_ahead_does_not_pass_for_the_published_one(client, client_of, secretariat, meeting):
    SessionFactory(meeting=meeting)
    SessionFactory(meeting=meeting, published=False)
    words = "Provisional programme"

    files = [reader.get("/meetings/strasbourg-2026/programme.pdf").content for reader in (client, client_of(secretariat))]

    assert [any(words in text for text in texts_of(file)) for file in files] == [True, False]


def test_session_closed_after_it_was_published_is_masked_at_once_and_on_the_meetings_page_too(client, meeting):
    session = SessionFactory(meeting=meeting, title_en="Canary")
    assert "Canary" in client.get("/meetings/strasbourg-2026/").text

    session.kind = "closed"
    session.save()

    assert titles(client.get(PAGE)) == ["Closed session"]
    assert "Canary" not in client.get("/meetings/strasbourg-2026/").text + client.get(FILE).text


def test_those_with_a_place_are_led_to_their_calendar_and_workshops(client, client_of, expert, secretariat, meeting):
    SessionFactory(meeting=meeting)

    led = [re.findall(r'href="(/my/strasbourg-2026/[a-z]+/)"', reader.get(PAGE).text) for reader in map(client_of, (expert, secretariat))]

    assert led == [["/my/strasbourg-2026/calendar/", "/my/strasbourg-2026/workshops/"], []]
    assert "/my/" not in client.get(PAGE).text


def test_renamed_room_has_its_new_name_everywhere_once_it_is_published(client, meeting):
    session = SessionFactory(meeting=meeting, title_en="Opening", room__name_en="Main hall")
    Room.objects.update(name_en="Hemicycle")

    def read():
        files = [client.get(f"/meetings/strasbourg-2026/programme.{ending}").content for ending in ("ics", "pdf")]
        one = client.get(f"/meetings/strasbourg-2026/programme/{session.pk}.ics").content
        texts = [client.get(PAGE).text, files[0].decode(), " ".join(texts_of(files[1])), one.decode()]
        return [("Main hall" in text, "Hemicycle" in text) for text in texts]

    before = read()
    keep_version(meeting=meeting, stage="provisional", at=timezone.now(), by=None)
    changed = "“Opening”: in Hemicycle instead of Main hall."

    assert before == [(True, False)] * 4
    assert [new for _old, new in read()] == [True] * 4
    assert changed in client.get(PAGE).text
