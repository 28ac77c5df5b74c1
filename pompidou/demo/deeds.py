"""What the demo's staff did with what is kept of people, so that the auditor finds something: looks, an export, a name shown, a refusal."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from accounts.looks import SPELL, key_of
from accounts.models import Look, SecurityEvent, User
from meetings.models import Meeting
from participants import services
from participants.exports import PURPOSES
from participants.models import ExportedPeople, ExportRecord, Participant, Reason, Reveal, Target
from pompidou.demo.accounts import ACCOUNTS

What, Event = Look.What, SecurityEvent.Event
MARK = {"invented": True}  # what is taken out before it is written anew
TWICE = "paivi.ayravainen"
REASON = "The host's police asks under which name to expect this person at the door."


def forget(references: Iterable[str]) -> None:
    """Take out what was invented, and looks at the people who are about to go."""
    Look.objects.filter(reference__in=references).exclude(reference="").let_go()
    SecurityEvent.objects.filter(facts__invented=True).let_go()
    ExportRecord.objects.filter(options__invented=True).delete()


def write(meeting: Meeting) -> None:
    """A working week of the secretariat, the host liaison and the check-in desk."""
    people = list(Participant.objects.filter(meeting=meeting, state=Participant.State.CONFIRMED).order_by("registered_at", "pk"))
    protected = [person for person in people if person.is_protected]
    if not protected:
        return
    secretariat, host, desk = (account_of(group) for group in ("Secretariat", "Host liaison", "Check-in desk"))
    for number, user in enumerate((secretariat, host, secretariat, desk)):
        event(user, Event.SIGN_IN, ago(6 - number, 8, 40 + number), how=["password", "mfa"])
    for number, person in enumerate(people[:8]):
        look(secretariat, person, What.PARTICIPANT_PAGE, ago(5 - number // 3, 9, 5 + 11 * (number % 3)))
    look(secretariat, people[0], What.NEEDS, ago(5, 9, 5))
    look(host, people[2], What.PARTICIPANT_PAGE, ago(3, 14, 12))
    reveal(secretariat, protected[0], ago(2, 10, 31))
    export(host, meeting, people, "host_security", ago(2, 11, 4))
    page = {"page": "admin:participants_participant_reveal", "row": str(protected[0].pk), "why": "not allowed"}
    event(desk, Event.DENIED, ago(1, 15, 20), **page)


def put_on_hold(meeting: Meeting, *, by: User) -> None:
    """Ask the authority about one of those who wait longest, and note what it said on the telephone."""
    waiting = Participant.objects.filter(meeting=meeting).to_decide().exclude(country=None).order_by("registered_at", "pk").first()
    if waiting is None:
        return
    asked = Reason.objects.get(code="authority-asked")
    services.hold(participant=waiting, by=by, code=asked, until=timezone.localdate() + dt.timedelta(days=7), at=ago(1, 15, 40))
    services.add_note(participant=waiting, text="Rang the ministry: the nomination is on its way.", by=by, at=ago(1, 15, 52))


def register_twice(meeting: Meeting, *, by: User) -> None:
    """Somebody who comes has registered a second time, with the names turned round and the address of a general mailbox."""
    found = Participant.objects.confirmed().filter(meeting=meeting, is_protected=False, email__startswith=TWICE).first()
    if found is None:
        return
    again = Participant(
        meeting=meeting, given_name=found.family_name, family_name=found.given_name, email=f"cyber@{found.email.partition('@')[2]}"
    )
    for name in ("salutation", "language", "category", "sector", "country", "organisation", "service"):
        setattr(again, name, getattr(found, name))
    again.function, again.submission_key = "Head of unit", "demo:twice"
    services.register_by_hand(participant=again, by=by, at=ago(1, 16, 5))


def set_targets(meeting: Meeting) -> None:
    """What the secretariat wants of the balance."""
    Target.objects.filter(meeting=meeting).delete()
    for dimension, value, wanted in (
        ("sector", "judge", 2),
        ("sector", "postal", 3),
        ("region", "mediterranean", 4),
        ("group", "mednet", 2),
    ):
        Target.objects.create(meeting=meeting, dimension=dimension, value=value, wanted=wanted)
    Target.objects.create(meeting=meeting, dimension="gender", value="ms", share=40)


def account_of(group: str) -> User:
    """The demo's account of that group."""
    return User.objects.get(email=next(account.email for account in ACCOUNTS if account.group == group))


def ago(days: int, hour: int, minute: int) -> dt.datetime:
    """That time of day, so many days ago, on the clock of the site."""
    return (timezone.localtime() - dt.timedelta(days=days)).replace(hour=hour, minute=minute, second=17, microsecond=0)


def look(by: User, person: Participant, what: str, at: dt.datetime) -> None:
    Look.objects.create(by=by, at=at, what=what, key=key_of(person), reference=person.reference, spell=int(at.timestamp()) // SPELL)


def event(by: User, name: str, at: dt.datetime, **facts: object) -> None:
    SecurityEvent.objects.create(by=by, event=name, at=at, facts={**facts, **MARK})


def reveal(by: User, person: Participant, at: dt.datetime) -> None:
    """The reason was given, and then the page was seen with the name."""
    Reveal.objects.create(participant=person, made_by=by, made_at=at, reason=REASON)
    look(by, person, What.PROTECTED_NAME, at + dt.timedelta(seconds=3))


def export(by: User, meeting: Meeting, people: list[Participant], purpose: str, at: dt.datetime) -> None:
    """A list that left, with everybody who was on it."""
    record = ExportRecord.objects.create(
        made_by=by,
        made_at=at,
        meeting=meeting,
        purpose=purpose,
        columns=[column.key for column in PURPOSES[purpose].columns],
        options={"format": "xlsx", "language": "en", **MARK},
        rows=len(people),
    )
    ExportedPeople.write(record, [person.pk for person in people])
