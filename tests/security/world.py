"""One small world in which every address of the site leads somewhere, and everybody who may knock at it."""

import datetime as dt
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.models import User
from attendance.services.desk import make_device
from correspondence.models import MessageTemplate
from delegations.models import Country, InvitationLink, Nomination, NominationLink, Region
from delegations.views.invitations import RECEIPTS as ANSWERS
from meetings.models import Meeting
from participants.importing import storing
from participants.models import Consent, ExportRecord, ImportRecord, Journey, Needs, PersonalLink, Reason, Reveal, Target
from participants.views.confirm import RESULTS
from participants.views.nominee import DECLINED
from participants.views.offer import ANSWERS as OFFER_ANSWERS
from participants.views.register import RECEIPTS
from privacy.models import Erasure, ErasureRequest, NoticeVersion, PurgeRun, RetentionPeriod
from tests.conftest import member_of, signed_in
from tests.factories import (
    BadgeFactory,
    BodyFactory,
    BookingFactory,
    CampaignFactory,
    CertificateFactory,
    CheckInFactory,
    CorrespondentFactory,
    CountryFactory,
    DeviceFactory,
    EvaluationAnswerFactory,
    HandOverFactory,
    InvitationFactory,
    MeetingFactory,
    MessageFactory,
    NominationFactory,
    OfferFactory,
    ParticipantFactory,
    PassportFactory,
    RoomFactory,
    ScanFactory,
    SessionFactory,
    UserFactory,
)

# The columns of the access table. The correspondent speaks for Ireland; those of other countries and of other days are in
# tests/participants/test_views_delegation.py.
ROLES = (
    "visitor",
    "participant",
    "other",
    "protected",
    "correspondent",
    "secretariat",
    "liaison",
    "desk",
    "rapporteur",
    "auditor",
    "administrator",
)
STAFF = ROLES[5:]
FEW = ("IE", "DE", "IT", "FR", "AT")


class World:
    """Rows for every address, people for every role. Made once for a test; each request is undone after its answer."""

    def __init__(self, *, second_factor: bool = True) -> None:
        Country.objects.exclude(code__in=FEW).delete()  # two hundred in every list to choose from would take half the time
        self.people = people_of_every_role()
        self.names = rows()
        self.cookies = {role: SimpleCookie() for role in ROLES}
        for role, user in self.people.items():
            self.cookies[role] = signed_in(user, factor=second_factor).cookies

    def address(self, template: str) -> str:
        """An address of a table, with the keys of this world in it."""
        return re.sub(r"{(\w+)}", lambda match: str(self.names[match[1]]), template)

    def client(self, role: str, **options: Any) -> Client:
        """A fresh browser with that person's cookies; an error is an answer of 500."""
        client = Client(raise_request_exception=False, **options)
        client.cookies = SimpleCookie(self.cookies[role].output(header="", sep=";"))
        return client

    def ask(self, role: str, method: str, address: str, data: Any = None, *, client: Client | None = None, **extra: Any) -> Any:
        """One answer, read to its end; whatever it did to the database is undone."""
        client = client or self.client(role)
        with transaction.atomic():
            response = getattr(client, method.lower())(self.address(address), data, **extra)
            response.body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        return response


def people_of_every_role() -> dict[str, User]:
    """Who knocks: everybody but the visitor has an account."""
    meeting = MeetingFactory(slug="strasbourg-2026", code="CYB26", year=2026, ordinal=8)
    abroad = MeetingFactory(slug="vienna-2025", code="CYB25", year=2025, ordinal=7, running=True, host_country="AT")
    MeetingFactory(slug="lisbon-2027", code="CYB27", year=2027, ordinal=9, is_published=False)
    maeve = ParticipantFactory(
        meeting=meeting, given_name="Maeve", family_name="Orrin", email="maeve.orrin@garda.example", reference="CYB26-MAEVE"
    )
    jonas = ParticipantFactory(
        meeting=abroad,
        given_name="Jonas",
        family_name="Brandt",
        email="jonas.brandt@zoll.example",
        country=CountryFactory(code="DE"),
        reference="CYB25-JONAS",
    )
    livia = ParticipantFactory(
        meeting=meeting,
        given_name="Livia",
        family_name="Canary",
        email="livia.canary@polizia.example",
        phone="+39 06 555 0199",
        function="Undercover officer",
        service="Special operations",
        country=CountryFactory(code="IT"),
        reference="CYB26-LIVIA",
        protected=True,
    )
    groups = {"secretariat": "Secretariat", "liaison": "Host liaison", "desk": "Check-in desk", "rapporteur": "Rapporteur"}
    return {
        "participant": maeve.user,
        "other": jonas.user,
        "protected": livia.user,
        "correspondent": speaker_for("IE"),
        **{role: member_of(group, email=f"{role}@secretariat.example", name=group) for role, group in groups.items()},
        "auditor": member_of("Auditor", email="auditor@audit.example", name="Auditor"),
        "administrator": UserFactory(email="administrator@secretariat.example", name="Administrator", staff=True, is_superuser=True),
    }


def speaker_for(code: str) -> User:
    """The Permanent Correspondent of a country."""
    user = UserFactory(email="focal.point@ministry.example", name="Focal point")
    CorrespondentFactory(user=user, country=CountryFactory(code=code))
    return user


def rows() -> dict[str, Any]:
    """The keys that stand in the addresses of the tables."""
    maeve = User.objects.get(email="maeve.orrin@garda.example").participations.get()
    livia = User.objects.get(email="livia.canary@polizia.example").participations.get()
    clerk = UserFactory(staff=True, email="clerk@secretariat.example", name="Clerk")
    unconfirmed = ParticipantFactory(meeting=maeve.meeting, unconfirmed=True, email="nuala@garda.example", family_name="Fallon")
    for owner in (maeve, livia):
        Needs.objects.create(participant=owner, diet="vegan")
        Journey.objects.create(participant=owner, hotel="Orangers")
        PassportFactory(participant=owner)
    token = PersonalLink.issue(unconfirmed, purpose=PersonalLink.Purpose.PROVE_ADDRESS, expires_at=timezone.now() + dt.timedelta(days=7))
    invited = InvitationFactory(meeting=maeve.meeting, to_person=True, nominates=True)  # every text of a row is overwritten, names too
    invitation_token = InvitationLink.issue(
        invited,
        purpose=InvitationLink.Purpose.REPLY,
        user=None,
        email="pc@ministry.example",
        expires_at=timezone.now() + dt.timedelta(days=7),
    )
    waiting = ParticipantFactory(meeting=maeve.meeting, waitlisted=True, email="siobhan@garda.example", family_name="Keane")
    OfferFactory(participant=waiting)
    held_until = timezone.now() + dt.timedelta(days=7)
    nomination, foreign = (put_forward(maeve.meeting, code) for code in ("IE", "IT"))
    nominee_token = NominationLink.issue(nomination, at=timezone.now(), expires_at=timezone.now() + dt.timedelta(days=7))
    NominationLink.objects.update(created_at=timezone.now() - dt.timedelta(days=1))
    certificate = CertificateFactory(participant=maeve)
    return {
        "take_over_token": take_over_token(maeve.meeting),
        "offer_token": PersonalLink.issue(waiting, purpose=PersonalLink.Purpose.ANSWER_OFFER, expires_at=held_until),
        "certificate": certificate.shown_code,
        "certificate_row": certificate.pk,
        "said": EvaluationAnswerFactory(meeting=maeve.meeting).pk,
        "calendar_token": PersonalLink.issue(maeve, purpose=PersonalLink.Purpose.CALENDAR, expires_at=held_until),
        "offer_answered": OFFER_ANSWERS.sign(waiting.reference),
        "nomination": nomination.pk,
        "foreign_nomination": foreign.pk,
        "nominee_token": nominee_token,
        "nominee_declined": DECLINED.sign(str(nomination.pk)),
        "desk_token": desk_token(),
        "device": DeviceFactory(meeting=maeve.meeting).pk,
        "scan": ScanFactory(device=DeviceFactory(meeting=maeve.meeting), participant=maeve).pk,
        "meeting": maeve.meeting_id,
        "participant": maeve.pk,
        "protected": livia.pk,
        "unconfirmed": unconfirmed.pk,
        "sector": maeve.sector_id,
        "target": Target.objects.create(meeting=maeve.meeting, dimension="gender", value="ms", share=40).pk,
        "reason": Reason.objects.get(code="places").pk,
        "room": RoomFactory(meeting=maeve.meeting).pk,
        "session": SessionFactory(meeting=maeve.meeting).pk,
        "workshop": SessionFactory(meeting=maeve.meeting, booking="seats", seats=3).pk,
        "badge": BadgeFactory(participant=maeve).pk,
        "checkin": CheckInFactory(participant=maeve).pk,
        "booking": BookingFactory(participant=maeve, session=SessionFactory(meeting=maeve.meeting)).pk,
        "message": MessageFactory(failed=True, reference=maeve.reference).pk,
        "campaign": CampaignFactory(query="meeting__id__exact=all").pk,
        "template": MessageTemplate.objects.get(kind="registration_confirmed").pk,
        "country": CountryFactory(code="IE").pk,
        "body": BodyFactory().pk,
        "region": Region.objects.order_by("pk").first().pk,
        "import": brought_by(User.objects.get(email="secretariat@secretariat.example"), maeve.meeting).pk,
        "export": ExportRecord.objects.create(made_by=clerk, meeting=maeve.meeting, purpose="full").pk,
        "reveal": Reveal.objects.create(made_by=clerk, participant=livia, reason="Asked by the host.").pk,
        "period": RetentionPeriod.objects.first().pk,
        "purge": PurgeRun.objects.create(channel="command").pk,
        "consent": Consent.objects.create(participant=maeve, what="photographs", is_given=True, how="form").pk,
        "notice": NoticeVersion.objects.latest().version,
        "notice_row": NoticeVersion.objects.latest().pk,
        "erasure": Erasure.objects.create(purpose="request", made_by=clerk, registrations=[0], references=["CYB26-BCDFGHJ"]).pk,
        "asked": ErasureRequest.objects.create(user=maeve.user).pk,
        "user": clerk.pk,
        "expert": maeve.user_id,
        "token": token,
        "invitation": invited.pk,
        "correspondent": CorrespondentFactory(user=UserFactory(email="pc@ministry.example"), country=CountryFactory(code="DE")).pk,
        "invitation_token": invitation_token,
        "answered": ANSWERS.sign(str(invited.pk)),
        "sent": RECEIPTS.sign_object([maeve.reference, "2026-10-01"]),
        "confirmed": RESULTS.sign(maeve.reference),
        "meeting_type": ContentType.objects.get_for_model(type(maeve.meeting)).pk,
        "participant_type": ContentType.objects.get_for_model(type(maeve)).pk,
    }


def desk_token() -> str:
    """Opens a device at the door of the meeting that goes on."""
    return make_device(meeting=Meeting.objects.get(slug="vienna-2025"), name="Door A", by=None).token


def take_over_token(meeting: Any) -> str:
    """Opens the form of somebody to whom a colleague hands a place."""
    holder = ParticipantFactory(meeting=meeting, email="aoife@garda.example", family_name="Byrne")
    to = ParticipantFactory(meeting=meeting, unconfirmed=True, email="ronan@garda.example", family_name="Daly")
    row = HandOverFactory(participant=holder, to=to)
    return PersonalLink.issue(to, purpose=PersonalLink.Purpose.TAKE_OVER, expires_at=row.ends_at)


def brought_by(user: User, meeting: Any) -> ImportRecord:
    """A list that somebody brought, with its columns matched and one new person in it."""
    tray = storing.Tray("list.csv", ["Family name", "Country", "Sector"], [(2, ["Fallon", "IE", "police"])])
    fields = ["family_name", "country", "sector"]
    more = {"new_state": "pending", "kind": "csv", "digest": "0" * 64, "fields": fields, "stored_as": storing.put(tray)}
    return ImportRecord.objects.create(made_by=user, meeting=meeting, **more)


def put_forward(meeting: Meeting, code: str) -> Nomination:
    """Somebody put forward by that country, with a letter."""
    invitation = InvitationFactory(meeting=meeting, country=CountryFactory(code=code), sent=True)
    nomination = NominationFactory(invitation=invitation, email=f"nominee.{code.lower()}@post.example", sector="police")
    nomination.letter.save("letter.pdf", ContentFile(b"%PDF-1.7 a letter"))
    return nomination


def all_patterns(patterns: list[Any] | None = None, route: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """Name (with its namespace) and route of every address that the site knows."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = route + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_patterns(pattern.url_patterns, here, inside)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or ''}", here
