"""Builds the whole demo: three editions, their people, their mails, and an account for each role."""

from collections.abc import Callable
from dataclasses import replace

from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import Tally, User
from delegations.models import Country
from delegations.reference import load_bodies, load_countries
from meetings.audiences import Category
from meetings.models import Meeting
from participants.models import Participant
from participants.reference import load_reasons, load_sectors
from pompidou.demo import (
    afterwards,
    badges,
    campaigns,
    deeds,
    doors,
    draft,
    editions,
    invitations,
    letters,
    live,
    mailbox,
    parts,
    presence,
    registrations,
    seats,
    staff,
    timing,
)
from pompidou.demo.roster import Attendance, attendances
from pompidou.demo.stages import Stage, calendar_of
from privacy import notice

State = Participant.State
DECLINED_BECAUSE = "All places are taken, and members of national authorities come first."
STAYS_PENDING_NO_LONGER = {"gudrun.thorhallsdottir": State.CONFIRMED, "ozgur.caglayan": State.CONFIRMED}


def build(stage: Stage, *, flush: bool = False, say: Callable[[str], None] = lambda line: None) -> None:
    """Make the demo, or put it back as it was; what visitors entered themselves stays unless ``flush``."""
    if flush:
        empty()
        say("Emptied the database")
    with transaction.atomic():
        staff.write_accounts()
        invitations.write_correspondents()
        say("Accounts, one per role")
        if notice.is_outdated():
            say(f"Privacy notice, version {notice.publish(by=staff.secretary())}")
        for slug in editions.PAST:
            say(build_past(slug, by=staff.secretary()))
        say(build_coming(stage, by=staff.secretary()))
    cache.clear()


def empty() -> None:
    """Take everything out of the database and put the reference data back; delete the mails."""
    call_command("flush", interactive=False, verbosity=0)
    load_countries()
    load_bodies()
    load_sectors()
    load_reasons()
    for path in mailbox.folder().glob("*.log"):
        path.unlink()


def build_past(slug: str, *, by: User) -> str:
    """Make an edition that is over; its mails are long gone."""
    meeting = editions.write_meeting(slug)
    clear(meeting)
    people = within_capacity(meeting, attendances(slug))
    rows = registrations.enrol(meeting, people, timing.courses(meeting, people, now=timezone.now()), by=by)
    registrations.add_consents(rows)
    registrations.add_notes(people, rows, by=by)
    parts.write(meeting, editions.speakers(meeting))
    editions.publish(meeting)
    presence.write(meeting)
    afterwards.write(meeting, by=by)
    return f"{meeting}: {Participant.objects.filter(meeting=meeting).holding_a_place().count()} participants"


def build_coming(stage: Stage, *, by: User) -> str:
    """Make the coming edition as it stands at that stage."""
    meeting = editions.write_meeting(editions.COMING, calendar_of(stage))
    clear(meeting)
    kept = Participant.objects.filter(meeting=meeting).count()
    people = at_stage(stage, attendances(meeting.slug))
    lately = [person for person in people if person.key in live.LATEST and not stage.is_settled]
    earlier = within_capacity(meeting, [person for person in people if person not in lately])
    if earlier:
        courses = timing.courses(meeting, earlier, now=timezone.now())
        rows = registrations.enrol(meeting, earlier, courses, by=by)
        registrations.add_journeys(meeting, earlier, rows)
        registrations.add_needs(rows)
        registrations.add_consents(rows)
        registrations.add_passports(rows)
        registrations.add_notes(earlier, rows, by=by)
        letters.fail_one(letters.write(rows, courses))
    live.register(meeting, lately, by=by)
    if stage == Stage.OPEN:
        live.offer_a_place(meeting)
        deeds.register_twice(meeting, by=by)
    invitations.write(meeting, stage, by=by)
    if stage == Stage.OPEN:
        campaigns.write_sent(meeting, by=by)
        campaigns.write_draft(meeting, by=by)
    if stage.is_settled:
        badges.write(meeting, by=by)
        seats.write(meeting)
    if stage == Stage.RUNNING:
        doors.write(meeting, by=by)
    if stage == Stage.OVER:
        presence.write(meeting)
        afterwards.write(meeting, by=by)
    deeds.write(meeting)
    parts.write(meeting, editions.speakers(meeting))
    editions.publish(meeting)
    if stage not in {Stage.RUNNING, Stage.OVER}:
        draft.write(meeting, by=by)
    deeds.put_on_hold(meeting, by=by)
    deeds.set_targets(meeting)
    visitors = f", beside {kept} entered by visitors, which stay" if kept else ""
    return f"{meeting}, {stage}: {len(people)} registrations{visitors}"


def clear(meeting: Meeting) -> None:
    """Take out the demo's people of an edition, with their mails, before they are written anew."""
    addresses = {person.email for person in attendances(meeting.slug)}
    references = registrations.forget(meeting, addresses)
    letters.forget(references, addresses)
    deeds.forget(references)
    Tally.objects.all().delete()  # an address gets few forms an hour, and the demo may be made more often


def at_stage(stage: Stage, people: list[Attendance]) -> list[Attendance]:
    """The registrations there are at a stage: none before, all decided once registration has closed."""
    if stage == Stage.BEFORE:
        return []
    return [settled(person) for person in people if person.state != State.UNCONFIRMED] if stage.is_settled else people


def within_capacity(meeting: Meeting, people: list[Attendance]) -> list[Attendance]:
    """The same registrations, but where visitors hold places, those of the demo for whom none is left wait: who came last first."""
    taken = Participant.objects.filter(meeting=meeting).holding_a_place().count()
    members = set(Country.objects.members(meeting.starts_on).values_list("code", flat=True))
    placed = [person for person in people if person.state == State.CONFIRMED and person.category(members) in Category.counting()]
    if meeting.capacity is None or taken + len(placed) <= meeting.capacity:
        return people
    courses = timing.courses(meeting, people, now=timezone.now())
    placed.sort(key=lambda person: courses[person.key].sent_at)
    without = {person.key for person in placed[max(0, meeting.capacity - taken) :]}
    return [replace(person, state=State.WAITLISTED) if person.key in without else person for person in people]


def settled(person: Attendance) -> Attendance:
    """The same registration once the last decision has fallen."""
    if person.state != State.PENDING:
        return person
    if state := STAYS_PENDING_NO_LONGER.get(person.key):
        return replace(person, state=state)
    return replace(person, state=State.DECLINED, columns={**person.columns, "state_reason": DECLINED_BECAUSE})
