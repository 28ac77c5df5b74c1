"""A closed session is a pair of hours to everybody who may not enter it: on every page and in every file that each reader can reach."""

import zipfile
from io import BytesIO

import pytest

from meetings.audiences import Family
from meetings.models import Meeting
from participants.models import PersonalLink
from tests.conftest import member_of, signed_in
from tests.factories import (
    AdmissionFactory,
    BookingFactory,
    PartFactory,
    ParticipantFactory,
    ProgrammeVersionFactory,
    RoomFactory,
    SectorFactory,
    SessionFactory,
    in_days,
)
from tests.pdf_text import texts_of
from tests.security.access import READING
from tests.security.test_access import parsed
from tests.security.world import World

pytestmark = pytest.mark.urls("tests.pompidou.demo_urls")

CANARY = "Zwartvogel"  # in every text of the closed session
PROGRAMME = "/meetings/strasbourg-2026/programme"
WHERE_IT_IS_TOLD = {f"{PROGRAMME}/", f"{PROGRAMME}.ics", f"{PROGRAMME}.pdf", f"{PROGRAMME}.docx", f"{PROGRAMME}/{{closed}}.ics"}
MINE = "/my/strasbourg-2026/calendar.ics"
MORE = (
    f"{PROGRAMME}/?day={{day}}",
    f"{PROGRAMME}/{{closed}}.ics",
    *(f"/fr{PROGRAMME}{ending}" for ending in ("/", ".ics", ".pdf", ".docx", "/{closed}.ics")),
    "/admin/meetings/session/{closed}/change/",
    "/admin/meetings/session/{closed}/history/",
    f"/admin/meetings/session/?q={CANARY}",
    f"/admin/autocomplete/?term={CANARY}&app_label=attendance&model_name=part&field_name=session",
    f"/admin/autocomplete/?term={CANARY}&app_label=attendance&model_name=booking&field_name=session",
)
# Who may not enter, by the names of the world's people and of those added here.
OUTSIDE = (
    "visitor",
    "other",
    "correspondent",
    "participant",
    "protected",
    "industry",
    "visa_officer",
    "without_a_place",
    "liaison",
    "desk",
)
INSIDE = ("judge", "admitted", "speaker")
OFFICE = ("secretariat", "rapporteur", "auditor", "administrator")


@pytest.fixture
def world(db):
    """The world of the access table, with a session that only judges may enter and that has the canary in every text.

    It was open when it was published, under another title before, and was closed since.
    """
    world = World()
    meeting = Meeting.objects.get(slug="strasbourg-2026")
    closed = SessionFactory(
        meeting=meeting,
        room=RoomFactory(meeting=meeting, name_en=f"{CANARY} room", name_fr=f"Salle {CANARY}"),
        **{f"{column}_{language}": f"{CANARY} {column}" for column in ("title", "abstract") for language in ("en", "fr")},
        speakers=f"{CANARY} speaker",
        label="TLP:RED",
        booking="seats",
    )
    closed.title_en = closed.title_fr = f"{CANARY} renamed"
    closed.save()
    ProgrammeVersionFactory(meeting=meeting)
    closed.kind, closed.families = "closed", [Family.JUDICIARY]
    closed.save()
    PartFactory(session=closed, guest=True, guest_name=f"{CANARY} guest", guest_words=f"{CANARY} office")
    person = {role: ParticipantFactory(meeting=meeting) for role in ("admitted", "speaker", "without_a_place")}
    person["judge"] = ParticipantFactory(meeting=meeting, sector=SectorFactory(code="prosecutor"))
    person["industry"] = ParticipantFactory(meeting=meeting, sector=SectorFactory(code="private_industry", family=Family.PRIVATE))
    AdmissionFactory(session=closed, participant=person["admitted"])
    PartFactory(session=closed, participant=person["speaker"])
    for role in ("admitted", "without_a_place"):
        BookingFactory(session=closed, participant=person[role])
    AdmissionFactory(session=closed, participant=person["without_a_place"])
    person["without_a_place"].state = "withdrawn"
    person["without_a_place"].save()
    people = {role: participant.user for role, participant in person.items()}
    people["visa_officer"] = member_of("Visa letters", email="visa@secretariat.example", name="Visa")
    for role, user in people.items():
        world.cookies[role] = signed_in(user).cookies
    world.registered = person
    world.names |= {"closed": closed.pk, "day": closed.local_start().date()}
    return world


def words_of(response):
    """Everything that a file or a page says, unpacked."""
    kind = response.headers.get("Content-Type", "")
    if kind == "application/pdf":
        return " ".join(texts_of(response.body))
    if "officedocument" in kind:
        with zipfile.ZipFile(BytesIO(response.body)) as parts:
            return " ".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    unfolded = response.body.replace(b"\r\n ", b"")  # lines of a calendar file break anywhere
    return unfolded.decode(errors="replace")


def addresses_for(role):
    """What this reader can reach: the back office sends everybody without an account on the staff away, and what the access table says
    is refused to a role, which tests/security/test_access.py proves, tells nothing."""
    table = parsed(READING)
    every = [*(address for address, roles in table.items() if roles.get(role, "200") in {"200", "302"}), *MORE]
    return every if role in {*OFFICE, "visa_officer"} else [address for address in every if not address.startswith("/admin/")]


def told_at(world, role, addresses):
    """The addresses at which this reader is told anything of the session. What they searched for stands in the search field again."""
    mine = world.client(role)
    found = set()
    for address in addresses:
        response = world.ask(role, "GET", address, client=mine, secure=True)
        said = words_of(response).replace(f'value="{CANARY}"', "").replace(f"q={CANARY}", "").replace(f"term={CANARY}", "")
        if response.status_code < 400 and CANARY in said:
            found.add(address)
    return found


@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_is_told_anything_of_it(world, role):
    assert told_at(world, role, addresses_for(role)) == set()


@pytest.mark.parametrize("role", INSIDE)
def test_those_who_may_enter_read_it_in_the_programme_and_its_files(world, role):
    assert told_at(world, role, WHERE_IT_IS_TOLD) == WHERE_IT_IS_TOLD


@pytest.mark.parametrize("role", OFFICE)
def test_staff_who_see_sessions_read_it(world, role):
    assert told_at(world, role, WHERE_IT_IS_TOLD) == WHERE_IT_IS_TOLD


def test_it_stands_in_the_own_calendar_of_those_who_have_it(world):
    told = {role: told_at(world, role, [MINE]) for role in ("admitted", "speaker", "industry", "participant")}

    assert told == {"admitted": {MINE}, "speaker": {MINE}, "industry": set(), "participant": set()}


@pytest.mark.parametrize("role", ["admitted", "judge", "without_a_place"])
def test_private_address_tells_nothing_of_it_to_anybody(world, role):
    token = PersonalLink.issue(world.registered[role], purpose=PersonalLink.Purpose.CALENDAR, expires_at=in_days(1))

    assert told_at(world, "visitor", [f"/calendars/{token}.ics", f"/fr/calendars/{token}.ics"]) == set()
