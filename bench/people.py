"""The meetings that the measures read, and many invented people for them, written in bulk."""

import datetime as dt
import random
from collections.abc import Iterator
from itertools import islice

from django.db import connection
from django.utils import timezone

from accounts.models import User
from delegations.models import Body, Country
from meetings.audiences import Category
from meetings.models import Meeting, Room, Session
from participants.models import Journey, Needs, Participant, Sector
from participants.models.participant import REFERENCE_LETTERS

GIVEN = [
    "Maeve",
    "Siobhán",
    "Jonas",
    "Łucja",
    "André",
    "Zoë",
    "Marek",
    "Ioana",
    "Tuğba",
    "Håkon",
    "Éloïse",
    "Ana Sofia",
    "Giorgi",
    "Anahit",
]
FAMILY = [
    "Orrin",
    "Ní Bhriain",
    "Brandt",
    "Kowalska",
    "Núñez",
    "D'Amico",
    "van der Meer",
    "Ionescu",
    "Öztürk",
    "Bjørnsen",
    "Lefèvre",
    "Popović",
]
SERVICES = ["Cybercrime Unit", "Forensic Laboratory", "Parcel Control", "Financial Investigation", "Prosecutor's Office"]
FUNCTIONS = ["Detective Inspector", "Head of Unit", "Analyst", "Deputy Prosecutor", "Customs Officer", "Forensic Examiner"]
BATCH = 2_000


def make_meetings() -> dict[str, Meeting]:
    """A small meeting and a large one for reading, and one to register for, which gives places at once."""
    now = timezone.now()
    first = now.date() + dt.timedelta(days=60)
    common = {
        "title_en": "Annual meeting on drug-related cybercrime",
        "title_fr": "Réunion annuelle sur la cybercriminalité liée aux drogues",
        "city_en": "Strasbourg",
        "city_fr": "Strasbourg",
        "venue_en": "Agora Building",
        "host_country": "FR",
        "registration_opens_at": now - dt.timedelta(days=30),
        "registration_closes_at": now + dt.timedelta(days=30),
        "is_published": True,
    }
    meetings = {}
    for number, name in enumerate(("small", "large", "open", "import", "campaign")):
        day = first + dt.timedelta(days=number)
        days = {"starts_on": day, "ends_on": day, "planned_starts_on": day, "planned_ends_on": day}
        own = {"year": 2030 + number, "ordinal": 90 + number, "slug": f"bench-{name}", "code": f"BENCH{number}"}
        limits = {"capacity": 1_000_000, "needs_approval": False} if name in {"open", "import"} else {}
        meetings[name] = Meeting.objects.create(**common, **days, **own, **limits)
        add_programme(meetings[name])
    fill(meetings["small"], 100)
    return meetings


def make_running_meeting() -> Meeting:
    """One that goes on today, to check people in at."""
    today = timezone.now().date()
    days = {"starts_on": today, "ends_on": today, "planned_starts_on": today, "planned_ends_on": today}
    known = {"title_en": "Annual meeting on drug-related cybercrime", "city_en": "Strasbourg", "host_country": "FR", "timezone": "UTC"}
    meeting = Meeting.objects.create(year=2029, ordinal=89, slug="bench-running", code="BENCH9", is_published=True, **known, **days)
    add_programme(meeting)
    return meeting


def add_programme(meeting: Meeting) -> None:
    """Eight sessions in two rooms, as a real day has."""
    rooms = [Room.objects.create(meeting=meeting, name_en=f"G0{n}", name_fr=f"G0{n}", seats=90) for n in (1, 2)]
    for number in range(8):
        start = dt.datetime.combine(meeting.starts_on, dt.time(9 + number), tzinfo=meeting.zone)
        Session.objects.create(
            meeting=meeting,
            room=rooms[number % 2],
            title_en=f"Item {number + 1}: markets, money and parcels",
            title_fr=f"Point {number + 1} : marchés, argent et colis",
            starts_at=start,
            ends_at=start + dt.timedelta(minutes=50),
        )


def gather_statistics() -> None:
    """Let the database know how the rows lie, as it would by itself within minutes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill(meeting: Meeting, count: int, *, seed: int = 7) -> None:
    """Give the meeting ``count`` more participants, most of them confirmed; the same seed gives the same people."""
    chance = random.Random(seed)
    people = invented(meeting, count, chance)
    while batch := list(islice(people, BATCH)):
        Participant.objects.bulk_create(batch)
        days = {"arrives_on": meeting.starts_on - dt.timedelta(days=1), "departs_on": meeting.ends_on}
        Journey.objects.bulk_create(Journey(participant=p, **days) for p in batch)
        Needs.objects.bulk_create(Needs(participant=p, diet=chance.choice(Needs.Diet.values)) for p in batch if chance.random() < 0.2)


def invented(meeting: Meeting, count: int, chance: random.Random) -> Iterator[Participant]:
    """Participants as registration would have left them, not saved."""
    countries, bodies, sectors = list(Country.objects.all()), list(Body.objects.all()), list(Sector.objects.all())
    states = ["confirmed"] * 16 + ["pending"] * 2 + ["waitlisted", "withdrawn"]
    categories = [Category.MEMBER_STATE] * 6 + [Category.OTHER_STATE, Category.PRIVATE_SECTOR, Category.ACADEMIA]
    categories += [Category.INTERNATIONAL_ORGANISATION] if bodies else []
    now, known = timezone.now(), Participant.objects.filter(meeting=meeting).count()
    for number in range(known, known + count):
        category = chance.choice(categories)
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        moment = now - dt.timedelta(minutes=chance.randrange(60 * 24 * 60))
        person = Participant(
            meeting=meeting,
            reference=reference(meeting, number),
            state=chance.choice(states),
            created_at=moment - dt.timedelta(hours=1),
            registered_at=moment,
            decided_at=moment,
            salutation=chance.choice(["ms", "mr", ""]),
            given_name=given,
            family_name=f"{family}-{chance.choice(FAMILY)}",
            email=f"person{number}@service{number % 977}.example",
            phone=f"+353 1 555 {number:06d}",
            language=chance.choice(User.Language.values),
            category=category,
            sector=chance.choice(sectors),
            country=None if category == Category.INTERNATIONAL_ORGANISATION else chance.choice(countries),
            body=chance.choice(bodies) if category == Category.INTERNATIONAL_ORGANISATION else None,
            organisation=f"National Service {number % 977}",
            service=chance.choice(SERVICES),
            function=chance.choice(FUNCTIONS),
            is_first_timer=chance.random() < 0.4,
            is_protected=chance.random() < 0.02,
            privacy_notice="2026-09",
        )
        person.search_key = person.make_search_key()
        yield person


def reference(meeting: Meeting, number: int) -> str:
    """A reference that looks like the real ones; those are drawn, and among 100,000 two would be alike."""
    letters = []
    for _ in range(7):
        number, rest = divmod(number, len(REFERENCE_LETTERS))
        letters.append(REFERENCE_LETTERS[rest])
    return f"{meeting.code}-{''.join(reversed(letters))}"
