"""Writes the participants of the demo, with the history that the services would have left behind."""

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Q
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import User
from delegations.models import Body, Country
from meetings.audiences import Category
from meetings.models import Meeting
from participants import notice
from participants.models import Consent, Journey, Needs, Note, Participant, Passport, Sector
from participants.models.participant import new_reference
from participants.services.consents import changed
from pompidou.demo.editions import COMING
from pompidou.demo.roster import Attendance
from pompidou.demo.timing import Course

State = Participant.State
REASONS = {State.PENDING: "address confirmed"}  # as the services write them; the other steps speak for themselves
NEEDS: tuple[dict[str, str], ...] = (
    {"diet": Needs.Diet.VEGETARIAN},
    {"diet": Needs.Diet.HALAL},
    {"accessibility": "I use a wheelchair: please a seat without steps, and a room near the lift."},
    {"diet": Needs.Diet.VEGAN},
    {"diet": Needs.Diet.OTHER, "diet_details": "Allergic to nuts, also in traces."},
    {"diet": Needs.Diet.VEGETARIAN},
    {"diet": Needs.Diet.NO_PORK},
    {"diet": Needs.Diet.GLUTEN_FREE},
    {"accessibility": "I read lips; a place with a view of the speaker helps."},
    {"diet": Needs.Diet.VEGETARIAN},
)
EVERY_NTH_HAS_NEEDS = 5
# How somebody arrives and leaves, and the hotel.
TRAVELS = (
    ("Flight LH 1144 from Frankfurt, Strasbourg airport, 14:35", "Flight LH 1145 to Frankfurt, 18:10", "Hôtel des Orangers"),
    ("Train 9573 from Paris, 17:46", "Train 9578 to Paris, 16:19", "Hôtel du Pont Couvert"),
    ("Flight TK 1831 to Basel-Mulhouse, then by bus, 20:10", "", "Hôtel des Orangers"),
    ("By car, about noon", "By car", "With friends in Kehl"),
)
EVERY_NTH_TELLS_HOW = 3
NEED_VISAS, MOST_PASSPORTS = {"AM", "AZ", "MA", "TN", "DZ", "EG", "JO", "LB", "TR", "KZ", "US", "MX", "CN", "IN", "NG"}, 5


@dataclass(frozen=True)
class Lookups:
    """Reference rows by their codes, and who was a member when the meeting began."""

    countries: Mapping[str, Country]
    bodies: Mapping[str, Body]
    sectors: Mapping[str, Sector]
    members: set[str]

    @classmethod
    def for_meeting(cls, meeting: Meeting) -> "Lookups":
        """Read them from the database."""
        return cls(
            countries={country.code: country for country in Country.objects.all()},
            bodies={body.code: body for body in Body.objects.all()},
            sectors={sector.code: sector for sector in Sector.objects.all()},
            members=set(Country.objects.members(meeting.starts_on).values_list("code", flat=True)),
        )


def forget(meeting: Meeting, addresses: Iterable[str]) -> list[str]:
    """Delete the demo's participants of a meeting with their history; return their references. Visitors' own rows stay."""
    rows = Participant.objects.filter(Q(email__in=addresses) | Q(submission_key__startswith="demo:"), meeting=meeting)
    keys, references = list(rows.values_list("pk", flat=True)), list(rows.values_list("reference", flat=True))
    Participant.objects.filter(pk__in=keys).delete()
    Participant.history.filter(id__in=keys).delete()  # last: deleting a row adds to its history
    return references


def enrol(meeting: Meeting, people: list[Attendance], courses: Mapping[str, Course], *, by: User) -> list[Participant]:
    """Write the participants in few statements, each step with its time and its entry in the history."""
    lookups = Lookups.for_meeting(meeting)
    rows = {person.key: participant_of(person, meeting, lookups, courses[person.key].sent_at) for person in people}
    bulk_create_with_history(list(rows.values()), Participant)
    users = accounts_for(rows[person.key] for person in people if person.state != State.UNCONFIRMED)
    for number in range(max((len(courses[person.key].steps) for person in people), default=0)):
        moved = [person for person in people if len(courses[person.key].steps) > number]
        for person in moved:
            state, moment = courses[person.key].steps[number]
            take_step(rows[person.key], state, moment, users=users, by=by, reason=person.columns["state_reason"])
        fields = ["state", "state_reason", "registered_at", "decided_at", "user"]
        bulk_update_with_history([rows[person.key] for person in moved], Participant, fields)
    return list(rows.values())


def take_step(row: Participant, state: str, moment: dt.datetime, *, users: Mapping[str, User], by: User, reason: str) -> None:
    """Put the next state on a row that is saved later, with who did it, when and why."""
    row.state, row.decided_at = state, moment
    if state == State.PENDING:
        row.user, row.registered_at = users.get(row.email), moment
    row.state_reason = reason if state in {State.DECLINED, State.WITHDRAWN} else ""
    row._history_date = moment  # type: ignore[attr-defined]
    row._history_user = by if state in {State.CONFIRMED, State.WAITLISTED, State.DECLINED} else row.user  # type: ignore[attr-defined]
    row._change_reason = (row.state_reason or REASONS.get(State(state), ""))[:100]  # type: ignore[attr-defined]


def participant_of(person: Attendance, meeting: Meeting, lookups: Lookups, sent_at: dt.datetime) -> Participant:
    """The row as the form left it, not saved; bulk statements skip ``save``, so reference and search key are set here."""
    row = Participant(
        meeting=meeting,
        submission_key=person.submission_key,
        reference=new_reference(meeting, submission_key=person.submission_key),
        created_at=sent_at,
        **answers(person, meeting, lookups),
    )
    row.search_key = row.make_search_key()
    row._history_date, row._history_user = sent_at, None  # type: ignore[attr-defined]
    return row


def answers(person: Attendance, meeting: Meeting, lookups: Lookups) -> dict[str, Any]:
    """What the person answered in the form."""
    columns = person.columns
    return {
        **{name: columns[name] for name in ("salutation", "given_name", "family_name", "email", "language", "alias")},
        **{name: columns[name] for name in ("organisation", "service", "function")},
        "category": person.category(lookups.members),
        "sector": lookups.sectors[columns["sector"]],
        "country": lookups.countries[columns["country"]] if columns["country"] else None,
        "body": lookups.bodies[columns["body"]] if columns["body"] else None,
        "is_first_timer": "first" in person.words,
        "is_protected": person.is_protected,
        "asks_protection": person.is_protected,
        "listening_language": columns["language"],
        **choices(person, meeting),
    }


def choices(person: Attendance, meeting: Meeting) -> dict[str, Any]:
    """Visibility, photographs and telephone: by chance, but the same at every run."""
    chance = random.Random(person.submission_key)  # noqa: S311  the same every time is what is wanted
    visibility: str = chance.choices(Participant.Visibility.values, weights=(86, 10, 4))[0]
    return {
        "visibility": Participant.Visibility.HIDDEN if person.is_protected else visibility,
        "may_be_photographed": not person.is_protected and chance.random() < 0.6,
        "phone": f"+800 0000 {chance.randrange(1000, 10_000)}",
        "privacy_notice": notice.version_in_force() if meeting.slug == COMING else "",
    }


def journey(person: Attendance, meeting: Meeting) -> dict[str, Any]:
    """When somebody comes and goes: by chance, but the same at every run."""
    chance = random.Random(f"journey:{person.submission_key}")  # noqa: S311  the same every time is what is wanted
    return {
        "arrives_on": meeting.starts_on - dt.timedelta(days=chance.choices((0, 1, 2), weights=(2, 7, 1))[0]),
        "departs_on": meeting.ends_on + dt.timedelta(days=chance.choices((0, 1), weights=(7, 3))[0]),
    }


def add_journeys(meeting: Meeting, people: Iterable[Attendance], rows: Iterable[Participant]) -> None:
    """Say when each of them comes and goes, and of some who have a place also how, and where they sleep."""
    attendance = {person.submission_key: person for person in people}
    journeys = [Journey(participant=row, **journey(attendance[str(row.submission_key)], meeting)) for row in rows]
    coming = [one for one in journeys if one.participant.state == State.CONFIRMED]
    for number, one in enumerate(coming[::EVERY_NTH_TELLS_HOW]):
        one.arrival_details, one.departure_details, one.hotel = TRAVELS[number % len(TRAVELS)]
    Journey.objects.bulk_create(journeys)


def add_notes(people: Iterable[Attendance], rows: Iterable[Participant], *, by: User) -> None:
    """What the secretariat noted about some of them."""
    said = {person.submission_key: person.columns["notes"] for person in people if person.columns["notes"]}
    Note.objects.bulk_create(
        Note(participant=row, text=said[str(row.submission_key)], by=by, at=row.decided_at or row.created_at)
        for row in rows
        if row.submission_key in said
    )


def add_consents(rows: Iterable[Participant]) -> None:
    """Write down what each of them agreed to on the form, as the services would have done."""
    present = list(rows)
    with_needs = set(Needs.objects.filter(participant__in=present).values_list("participant", flat=True))
    Consent.objects.bulk_create(
        consent
        for row in present
        for consent in changed(row, {}, has_needs=row.pk in with_needs, how=Consent.How.FORM, by=None, at=row.created_at)
    )


def add_passports(rows: Iterable[Participant]) -> None:
    """Give some of those who come from far a passport for a visa letter."""
    coming = [(row, row.country.code) for row in rows if row.state == State.CONFIRMED and row.country and not row.is_protected]
    far = [(row, code) for row, code in coming if code in NEED_VISAS]
    Passport.objects.bulk_create(
        Passport(
            participant=row,
            nationality=code,
            number=f"X0000{number:04}",
            issued_on=dt.date(2023, 4, 3 + number),
            expires_on=dt.date(2033, 4, 2 + number),
            born_on=dt.date(1979 + number, 2 + number, 11),
            birth_place="Sampletown",
        )
        for number, (row, code) in enumerate(far[:MOST_PASSPORTS])
    )


def accounts_for(rows: Iterable[Participant]) -> dict[str, User]:
    """The accounts of these people by address; those missing are made without a password, as the services do."""
    wanted = {row.email: row.language for row in rows}
    present = set(User.objects.filter(email__in=wanted).values_list("email", flat=True))
    unusable = make_password(None)
    User.objects.bulk_create(
        User(email=email, language=language, password=unusable) for email, language in wanted.items() if email not in present
    )
    return {user.email: user for user in User.objects.filter(email__in=wanted)}


def add_needs(rows: Iterable[Participant]) -> None:
    """Give some of those who come dietary or accessibility needs."""
    coming = [row for row in rows if row.state == State.CONFIRMED and row.category in Category.counting()]
    Needs.objects.bulk_create(Needs(participant=row, **needs) for row, needs in zip(coming[::EVERY_NTH_HAS_NEEDS], NEEDS, strict=False))
