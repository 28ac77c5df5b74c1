import datetime as dt

import pytest
from django.utils import timezone
from django.utils.translation import override

from meetings.audiences import Category, Family
from meetings.models import ProgrammeVersion, Session
from meetings.programme import VISITOR, Eyes
from meetings.versions import keep_version, last_public, published_sessions, sessions_for, standing_of, unpublished_changes
from tests.factories import MeetingFactory, PartFactory, ProgrammeVersionFactory, RoomFactory, SessionFactory, publish

pytestmark = pytest.mark.django_db

ALL = Eyes(sees_all=True)
OFFICER = Eyes(frozenset({Family.LAW_ENFORCEMENT}), Category.MEMBER_STATE)


@pytest.fixture
def dublin():
    return MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2026, 11, 24))


@pytest.fixture
def opening(dublin):
    """Published: Opening, 09:00-10:00 in the main hall."""
    hall = RoomFactory(meeting=dublin, name_en="Main hall", name_fr="Grande salle", seats=120)
    return SessionFactory(meeting=dublin, room=hall, title_en="Opening", title_fr="Ouverture")


def lines(meeting, eyes=ALL):
    """What changed since the last version, as these eyes read it."""
    return [line for change in unpublished_changes(meeting) for line in change.lines(eyes)]


def change(session, **fields):
    """Alter a session without publishing it."""
    for name, value in fields.items():
        setattr(session, name, value)
    session.save()


# --- what the public reads ---


def test_public_reads_nothing_before_the_first_version(meeting):
    SessionFactory(meeting=meeting, published=False)

    assert published_sessions(meeting) == []
    assert standing_of(meeting) is None


def test_draft_stays_in_the_secretariat(meeting):
    SessionFactory(meeting=meeting, published=False)
    ProgrammeVersionFactory(meeting=meeting, stage="draft")

    assert published_sessions(meeting) == []


def test_public_reads_what_was_published_and_staff_what_stands(dublin, opening):
    change(opening, title_en="Welcome")

    assert [session.title_en for session in sessions_for(dublin, VISITOR)] == ["Opening"]
    assert [session.title_en for session in sessions_for(dublin, ALL)] == ["Welcome"]


def test_published_session_is_as_it_was(dublin, opening):
    before = Session.objects.select_related("room").get()

    (session,) = published_sessions(dublin)

    names = [field.name for field in Session._meta.fields if field.name != "room"]
    assert {name: getattr(session, name) for name in names} == {name: getattr(before, name) for name in names}
    assert (session.room.name_en, session.room.name_fr, session.seats_in_all) == ("Main hall", "Grande salle", 120)


def test_cancelled_session_is_in_nobodys_programme(dublin, opening):
    change(opening, is_cancelled=True)
    publish(dublin)

    assert published_sessions(dublin) == []
    assert sessions_for(dublin, ALL) == []


def test_session_closed_since_is_closed_at_once(dublin, opening):
    change(opening, kind="closed", families=[Family.LAW_ENFORCEMENT])

    (session,) = published_sessions(dublin)

    assert (VISITOR.may_see(session), OFFICER.may_see(session)) == (False, True)


def test_session_opened_since_stays_closed_until_it_is_published(dublin):
    session = SessionFactory(meeting=dublin, kind="closed", families=[Family.LAW_ENFORCEMENT])
    change(session, kind="plenary", families=[])

    assert [VISITOR.may_see(row) for row in published_sessions(dublin)] == [False]


def test_whoever_is_no_longer_admitted_reads_nothing_at_once(dublin):
    session = SessionFactory(meeting=dublin, kind="closed", families=[Family.LAW_ENFORCEMENT, Family.PRIVATE])
    change(session, families=[Family.PRIVATE, Family.JUDICIARY])

    (row,) = published_sessions(dublin)

    assert row.families == [Family.PRIVATE]


@pytest.mark.parametrize(
    ("old", "new", "sees"),
    [([], [Category.MEMBER_STATE], True), ([], [Category.HOST], False), ([Category.MEMBER_STATE], [Category.HOST], False)],
)
def test_categories_count_as_they_were_and_as_they_are(dublin, old, new, sees):
    session = SessionFactory(meeting=dublin, kind="closed", families=[Family.LAW_ENFORCEMENT], categories=old)
    change(session, categories=new)

    (row,) = published_sessions(dublin)

    assert OFFICER.may_see(row) is sees


def test_chatham_house_rule_holds_at_once(dublin, opening):
    change(opening, is_chatham_house=True)

    assert [session.names_may_be_told for session in published_sessions(dublin)] == [False]


def test_names_are_not_kept_in_a_version(dublin, opening):
    PartFactory(session=opening, guest=True)
    publish(dublin)

    assert "Marchetti" not in str(ProgrammeVersion.objects.get().snapshot)


@pytest.mark.parametrize("number", [1, 4])
def test_published_programme_takes_two_queries(meeting, number, django_assert_num_queries):
    SessionFactory.create_batch(number, meeting=meeting)

    with django_assert_num_queries(2):
        sessions = published_sessions(meeting)

    assert len(sessions) == number


# --- keeping one ---


def test_versions_are_numbered_by_stage(meeting, secretariat):
    kept = [
        keep_version(meeting=meeting, stage=stage, at=timezone.now(), by=secretariat)
        for stage in ("draft", "provisional", "provisional", "final")
    ]

    assert [str(version) for version in kept] == [
        "Draft, revision 1",
        "Provisional, revision 1",
        "Provisional, revision 2",
        "Final, revision 1",
    ]
    assert last_public(meeting) == kept[-1]
    assert {version.published_by for version in kept} == {secretariat}


def test_a_later_draft_does_not_hide_what_was_published(meeting, secretariat):
    public = keep_version(meeting=meeting, stage="provisional", at=timezone.now(), by=secretariat)
    keep_version(meeting=meeting, stage="draft", at=timezone.now(), by=secretariat)

    assert last_public(meeting) == public


# --- what changed ---


def test_nothing_changed_says_nothing(dublin, opening):
    assert lines(dublin) == []


def test_moved_session_says_from_when_to_when(dublin, opening):
    hour = dt.timedelta(hours=1)
    change(opening, starts_at=opening.starts_at + hour, ends_at=opening.ends_at + hour)

    assert lines(dublin) == ["“Opening”: moved from Tuesday 24 November 2026, 09:00–10:00 to Tuesday 24 November 2026, 10:00–11:00."]


def test_renamed_room_is_another_room_to_those_who_look_for_it(dublin, opening):
    opening.room.name_en = "Printworks"
    opening.room.save()

    assert lines(dublin) == ["“Opening”: in Printworks instead of Main hall."]


def test_title_kind_and_room_are_told(dublin, opening):
    change(opening, title_en="Welcome", kind="workshop", room=None)

    assert lines(dublin) == [
        "“Opening” is now called “Welcome”.",
        "“Welcome”: in no room instead of Main hall.",
        "“Welcome”: now “Workshop”, before “Plenary”.",
    ]


def test_seats_are_told_where_they_are_booked(dublin, opening):
    change(opening, seats=30)
    assert lines(dublin) == []

    change(opening, booking="seats")

    assert lines(dublin) == ["“Opening”: 30 seats instead of 120."]


def test_sessions_that_come_and_go_are_told(dublin, opening):
    SessionFactory(meeting=dublin, title_en="Lunch", published=False)
    change(opening, is_cancelled=True)
    cancelled = lines(dublin)
    opening.delete()

    assert cancelled == [
        "Cancelled: “Opening”, Tuesday 24 November 2026, 09:00–10:00.",
        "Added: “Lunch”, Tuesday 24 November 2026, 09:00–10:00.",
    ]
    assert lines(dublin) == [
        "Added: “Lunch”, Tuesday 24 November 2026, 09:00–10:00.",
        "Taken out: “Opening”, Tuesday 24 November 2026, 09:00–10:00.",
    ]


def test_cancelled_twice_is_told_once(dublin, opening):
    change(opening, is_cancelled=True)
    publish(dublin)
    opening.delete()

    assert lines(dublin) == []


def test_closed_session_that_changes_tells_those_not_admitted_only_when(dublin):
    session = SessionFactory(meeting=dublin, kind="closed", title_en="AlphaBay", families=[Family.LAW_ENFORCEMENT])
    change(session, title_en="Hansa", room=None, ends_at=session.ends_at + dt.timedelta(minutes=30))
    moved = "moved from Tuesday 24 November 2026, 09:00–10:00 to Tuesday 24 November 2026, 09:00–10:30."

    assert lines(dublin, VISITOR) == [f"“Closed session”: {moved}"]
    assert lines(dublin, OFFICER)[:2] == ["“AlphaBay” is now called “Hansa”.", f"“Hansa”: {moved}"]


def test_session_that_becomes_closed_does_not_tell_its_title(dublin, opening):
    change(opening, kind="closed", families=[Family.LAW_ENFORCEMENT], title_en="Hansa")
    ProgrammeVersionFactory(meeting=dublin)

    assert standing_of(dublin, VISITOR).changes == ()
    assert standing_of(dublin, OFFICER).changes == ("“Opening” is now called “Hansa”.",)


def test_change_of_what_was_closed_since_is_masked_in_what_was_published_before(dublin, opening):
    change(opening, title_en="Hansa", ends_at=opening.ends_at + dt.timedelta(hours=1))
    ProgrammeVersionFactory(meeting=dublin)
    change(opening, kind="closed")

    assert [line.split(":")[0] for line in standing_of(dublin, VISITOR).changes] == ["“Closed session”"]


def test_french_words_are_french(dublin, opening):
    change(opening, title_fr="Accueil")

    with override("fr"):
        assert lines(dublin) == ["«\u202fOuverture\u202f» s’intitule désormais «\u202fAccueil\u202f»."]


def test_standing_names_version_and_day(dublin, opening):
    ProgrammeVersion.objects.update(published_at=dt.datetime(2026, 11, 3, 23, 30, tzinfo=dt.UTC))

    assert standing_of(dublin).words == "Provisional programme, revision 1, 3 November 2026"
