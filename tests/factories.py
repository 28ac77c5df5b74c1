"""Rows for tests. Say only what the test is about; the rest is filled in and valid.

Countries, bodies and sectors are found by their code where the reference data has them, and made where it has not.
"""

import datetime as dt
import uuid

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from attendance.models import Admission, Badge, Booking, Certificate, CheckIn, Device, EvaluationAnswer, Part, Scan, Wish
from correspondence.models import Campaign, Message
from delegations.models import Body, Correspondent, Country, CountryStatus, Invitation, Nomination
from meetings.audiences import Category, Family
from meetings.models import Meeting, ProgrammeVersion, Room, Session
from meetings.versions import snapshot_of
from participants.models import HandOver, Offer, Participant, Passport, Sector

COUNTRIES = {"AL": "Albania", "DE": "Germany", "FR": "France", "IE": "Ireland", "IT": "Italy", "PT": "Portugal", "US": "United States"}
FAMILIES = {
    "police": Family.LAW_ENFORCEMENT,
    "customs": Family.LAW_ENFORCEMENT,
    "prosecutor": Family.JUDICIARY,
    "academia": Family.ACADEMIA,
    "industry": Family.PRIVATE,
}
PASSWORD = "correct horse battery staple"


def in_days(days: float) -> dt.datetime:
    """The moment so many days from now."""
    return timezone.now() + dt.timedelta(days=days)


class UserFactory(DjangoModelFactory):
    """Somebody who signs in by e-mailed code; ``staff=True`` enters the back office with the password PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@post.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(None)

    class Params:
        staff = factory.Trait(is_staff=True, password=factory.django.Password(PASSWORD))


class CountryFactory(DjangoModelFactory):
    """A country by its code; ``member=True`` makes one without any status a member since 1971."""

    class Meta:
        model = Country
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = "IE"
    name_en = factory.LazyAttribute(lambda country: COUNTRIES.get(country.code, f"Country {country.code}"))
    name_fr = factory.LazyAttribute(lambda country: f"{country.name_en} (fr)")
    sort_key_en = factory.LazyAttribute(lambda country: country.name_en.lower())
    sort_key_fr = factory.LazyAttribute(lambda country: country.name_fr.lower())

    @factory.post_generation
    def member(country: Country, create: bool, wanted: bool | None) -> None:
        if create and wanted and not country.statuses.exists():
            country.statuses.create(status=CountryStatus.Status.MEMBER, starts_on=dt.date(1971, 1, 1))


class BodyFactory(DjangoModelFactory):
    """An international organisation by its code."""

    class Meta:
        model = Body
        django_get_or_create = ("code",)

    code = "example-org"
    name_en = "International Example Organisation"
    name_fr = "Organisation internationale d’exemple"
    acronym_en = "IEO"
    acronym_fr = "OIE"


class SectorFactory(DjangoModelFactory):
    """A sector by its code: police, customs, prosecutor, academia."""

    class Meta:
        model = Sector
        django_get_or_create = ("code",)

    code = "police"
    name_en = factory.LazyAttribute(lambda sector: sector.code.replace("_", " ").capitalize())
    name_fr = factory.LazyAttribute(lambda sector: f"{sector.name_en} (fr)")
    family = factory.LazyAttribute(lambda sector: FAMILIES.get(sector.code, Family.PUBLIC))


class MeetingFactory(DjangoModelFactory):
    """A published meeting in 60 days whose registration is open, with 100 places, that needs approval and gives places unasked.

    ``announced``, ``closed``, ``running`` and ``over`` move it in time.
    """

    class Meta:
        model = Meeting

    year = 2026
    ordinal = factory.Sequence(lambda n: n + 100)
    slug = factory.Sequence(lambda n: f"meeting-{n}")
    code = factory.Sequence(lambda n: f"MTG{n}")
    title_en = "Annual meeting on drug-related cybercrime"
    title_fr = "Réunion annuelle sur la cybercriminalité liée aux drogues"
    city_en = city_fr = "Strasbourg"
    host_country = "FR"
    venue_en = "Agora Building"
    venue_fr = "Bâtiment Agora"
    starts_on = factory.LazyFunction(lambda: in_days(60).date())
    ends_on = factory.LazyAttribute(lambda meeting: meeting.starts_on + dt.timedelta(days=2))
    planned_starts_on = factory.SelfAttribute("starts_on")
    planned_ends_on = factory.SelfAttribute("ends_on")
    registration_opens_at = factory.LazyFunction(lambda: in_days(-30))
    registration_closes_at = factory.LazyFunction(lambda: in_days(30))
    capacity = 100
    offer_hours = 0
    is_published = True
    contact_email = "meeting@secretariat.example"

    class Params:
        announced = factory.Trait(registration_opens_at=factory.LazyFunction(lambda: in_days(10)))
        closed = factory.Trait(registration_closes_at=factory.LazyFunction(lambda: in_days(-1)))
        running = factory.Trait(closed=True, starts_on=factory.LazyFunction(lambda: in_days(-1).date()))
        over = factory.Trait(
            starts_on=factory.LazyFunction(lambda: in_days(-60).date()),
            registration_opens_at=factory.LazyFunction(lambda: in_days(-150)),
            registration_closes_at=factory.LazyFunction(lambda: in_days(-90)),
        )


class RoomFactory(DjangoModelFactory):
    """A room of 50 seats."""

    class Meta:
        model = Room

    meeting = factory.SubFactory(MeetingFactory)
    name_en = factory.Sequence(lambda n: f"Room {n}")
    name_fr = factory.Sequence(lambda n: f"Salle {n}")
    seats = 50


def publish(meeting):
    """Publish the sessions as they stand, in place of what was published before: from then on the public read them."""
    if not meeting.programme_versions.public().update(snapshot=snapshot_of(meeting)):
        ProgrammeVersionFactory(meeting=meeting)


class SessionFactory(DjangoModelFactory):
    """A plenary of an hour on the first day, from 09:00 at the venue, in the published programme unless ``published=False``."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    meeting = factory.SubFactory(MeetingFactory)
    room = factory.SubFactory(RoomFactory, meeting=factory.SelfAttribute("..meeting"))
    title_en = factory.Sequence(lambda n: f"Session {n}")
    title_fr = factory.Sequence(lambda n: f"Séance {n}")
    starts_at = factory.LazyAttribute(lambda s: dt.datetime.combine(s.meeting.starts_on, dt.time(9), tzinfo=s.meeting.zone))
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + dt.timedelta(hours=1))

    @factory.post_generation
    def published(session, create, wanted, **kwargs):
        if create and wanted is not False:
            publish(session.meeting)


class ProgrammeVersionFactory(DjangoModelFactory):
    """The sessions as they stand, published as the next provisional revision: from then on the public read them."""

    class Meta:
        model = ProgrammeVersion

    meeting = factory.SubFactory(MeetingFactory)
    stage = ProgrammeVersion.Stage.PROVISIONAL
    number = factory.LazyAttribute(lambda version: version.meeting.programme_versions.filter(stage=version.stage).count() + 1)
    snapshot = factory.LazyAttribute(lambda version: snapshot_of(version.meeting))


class ParticipantFactory(DjangoModelFactory):
    """Somebody confirmed, with an account at the same address; the traits put them in another state.

    Rows appear as a service would have left them, but no mail is written; call the services where mail matters.
    """

    class Meta:
        model = Participant

    meeting = factory.SubFactory(MeetingFactory)
    user = factory.SubFactory(UserFactory, email=factory.SelfAttribute("..email"))
    given_name = "Maeve"
    family_name = factory.Sequence(lambda n: f"Orrin{n}")
    email = factory.Sequence(lambda n: f"expert{n}@police.example")
    category = Category.MEMBER_STATE
    sector = factory.SubFactory(SectorFactory)
    country = factory.SubFactory(CountryFactory)
    organisation = "National Police"
    service = "Cybercrime Unit"
    function = "Detective Inspector"
    state = Participant.State.CONFIRMED
    created_at = factory.LazyFunction(lambda: in_days(-2))
    registered_at = factory.LazyFunction(lambda: in_days(-1))
    decided_at = factory.SelfAttribute("registered_at")

    class Params:
        confirmed = factory.Trait(state=Participant.State.CONFIRMED)
        unconfirmed = factory.Trait(state=Participant.State.UNCONFIRMED, user=None, registered_at=None, decided_at=None)
        pending = factory.Trait(state=Participant.State.PENDING)
        waitlisted = factory.Trait(state=Participant.State.WAITLISTED)
        declined = factory.Trait(state=Participant.State.DECLINED, state_reason="Places for this category are limited.")
        withdrawn = factory.Trait(state=Participant.State.WITHDRAWN)
        protected = factory.Trait(is_protected=True, asks_protection=True, alias="Expert K.")


class PartFactory(DjangoModelFactory):
    """Somebody with a place who speaks in a session; ``guest`` is somebody who is not registered."""

    class Meta:
        model = Part

    session = factory.SubFactory(SessionFactory)
    participant = factory.SubFactory(ParticipantFactory, meeting=factory.SelfAttribute("..session.meeting"))

    class Params:
        guest = factory.Trait(participant=None, guest_name="Odile Marchetti", guest_words="Head of compliance, Coin Exchange")


class AdmissionFactory(DjangoModelFactory):
    """Somebody with a place let into a session by name."""

    class Meta:
        model = Admission

    session = factory.SubFactory(SessionFactory)
    participant = factory.SubFactory(ParticipantFactory, meeting=factory.SelfAttribute("..session.meeting"))


class BookingFactory(DjangoModelFactory):
    """Somebody with a place has a seat in a session."""

    class Meta:
        model = Booking

    session = factory.SubFactory(SessionFactory)
    participant = factory.SubFactory(ParticipantFactory, meeting=factory.SelfAttribute("..session.meeting"))
    state = Booking.State.SEAT


class WishFactory(DjangoModelFactory):
    """Somebody with a place wishes for a seat in a workshop."""

    class Meta:
        model = Wish

    session = factory.SubFactory(SessionFactory, booking=Session.Booking.WISHES)
    participant = factory.SubFactory(ParticipantFactory, meeting=factory.SelfAttribute("..session.meeting"))
    rank = 1


class OfferFactory(DjangoModelFactory):
    """A place held for somebody who waits, for another day; ``lapsed`` was not answered."""

    class Meta:
        model = Offer

    participant = factory.SubFactory(ParticipantFactory, waitlisted=True)
    offered_at = factory.LazyFunction(lambda: in_days(-1))
    lapses_at = factory.LazyFunction(lambda: in_days(1))

    class Params:
        lapsed = factory.Trait(
            lapses_at=factory.LazyFunction(timezone.now), answered_at=factory.SelfAttribute("lapses_at"), answer=Offer.Answer.LAPSED
        )


class HandOverFactory(DjangoModelFactory):
    """Somebody with a place has asked a colleague, whose form waits for another six days."""

    class Meta:
        model = HandOver

    participant = factory.SubFactory(ParticipantFactory)
    to = factory.SubFactory(ParticipantFactory, unconfirmed=True, meeting=factory.SelfAttribute("..participant.meeting"))
    email = factory.SelfAttribute("to.email")
    asked_at = factory.LazyFunction(lambda: in_days(-1))
    ends_at = factory.LazyFunction(lambda: in_days(6))


class CorrespondentFactory(DjangoModelFactory):
    """Somebody who speaks for Ireland, since ever and without end; ``of_body`` speaks for an organisation."""

    class Meta:
        model = Correspondent

    user = factory.SubFactory(UserFactory)
    country = factory.SubFactory(CountryFactory)

    class Params:
        of_body = factory.Trait(country=None, body=factory.SubFactory(BodyFactory))


class InvitationFactory(DjangoModelFactory):
    """A draft to Ireland for two people, one of them reimbursed, open for another 20 days.

    ``sent`` and ``withdrawn`` put it in another state, ``regrets`` and ``nominates`` answer it; ``to_body`` and ``to_person``
    go to somebody else. Rows appear as a service would have left them, but no mail is written.
    """

    class Meta:
        model = Invitation

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)
    reference = factory.LazyAttribute(lambda invitation: f"{invitation.meeting.reference_series} Inv {invitation.number}")
    country = factory.SubFactory(CountryFactory)
    category = Category.MEMBER_STATE
    quota = 2
    reimbursed_quota = 1
    deadline = factory.LazyFunction(lambda: in_days(20).date())

    class Params:
        sent = factory.Trait(state=Invitation.State.SENT, sent_at=factory.LazyFunction(lambda: in_days(-10)))
        withdrawn = factory.Trait(state=Invitation.State.WITHDRAWN, sent_at=factory.LazyFunction(lambda: in_days(-10)))
        nominates = factory.Trait(sent=True, reply=Invitation.Reply.NOMINATES, replied_at=factory.LazyFunction(lambda: in_days(-1)))
        regrets = factory.Trait(sent=True, reply=Invitation.Reply.REGRETS, replied_at=factory.LazyFunction(lambda: in_days(-1)))
        to_body = factory.Trait(
            country=None, body=factory.SubFactory(BodyFactory), category=Category.INTERNATIONAL_ORGANISATION, reimbursed_quota=0
        )
        to_person = factory.Trait(
            country=None,
            salutation="ms",
            given_name="Odile",
            family_name=factory.Sequence(lambda n: f"Marchetti{n}"),
            email=factory.LazyAttribute(lambda invitation: f"{invitation.family_name.lower()}@coinexchange.example"),
            organisation="Coin Exchange",
            function="Head of compliance",
            category=Category.PRIVATE_SECTOR,
            quota=1,
            reimbursed_quota=0,
        )


class NominationFactory(DjangoModelFactory):
    """Somebody put forward under a sent invitation to Ireland; ``withdrawn`` takes the name back."""

    class Meta:
        model = Nomination

    invitation = factory.SubFactory(InvitationFactory, sent=True)
    given_name = "Aoife"
    family_name = factory.Sequence(lambda n: f"Brennock{n}")
    email = factory.LazyAttribute(lambda nomination: f"{nomination.family_name.lower()}@garda.example")
    function = "Detective Sergeant"
    service = "Cybercrime Bureau"
    organisation = "An Garda Síochána"
    priority = factory.Sequence(lambda n: n + 1)

    class Params:
        withdrawn = factory.Trait(state=Nomination.State.WITHDRAWN)


class PassportFactory(DjangoModelFactory):
    """A passport given for a visa letter."""

    class Meta:
        model = Passport

    participant = factory.SubFactory(ParticipantFactory)
    nationality = "GE"
    number = factory.Sequence(lambda n: f"12AB{n:05}")
    issued_on = dt.date(2022, 3, 1)
    expires_on = dt.date(2036, 2, 28)
    born_on = dt.date(1984, 7, 9)
    birth_place = "Kutaisi"


class BadgeFactory(DjangoModelFactory):
    """The valid badge of somebody with a place; ``void`` was replaced since."""

    class Meta:
        model = Badge

    participant = factory.SubFactory(ParticipantFactory)

    class Params:
        void = factory.Trait(voided_at=factory.LazyFunction(timezone.now))


class DeviceFactory(DjangoModelFactory):
    """A device at a door, open, of a meeting that goes on; its PIN is 135790."""

    class Meta:
        model = Device

    meeting = factory.SubFactory(MeetingFactory, running=True)
    name = factory.Sequence(lambda n: f"Door {n}")
    token_hash = factory.Sequence(lambda n: f"{n:064}")
    pin_hash = factory.LazyFunction(lambda: make_password("135790"))
    session_key = "0123456789abcdef0123456789abcdef"
    made_at = factory.LazyFunction(lambda: in_days(-2))
    opened_at = factory.SelfAttribute("made_at")


class ScanFactory(DjangoModelFactory):
    """Somebody let in at a door on the first morning."""

    class Meta:
        model = Scan

    id = factory.LazyFunction(uuid.uuid4)
    device = factory.SubFactory(DeviceFactory)
    participant = factory.SubFactory(ParticipantFactory, meeting=factory.SelfAttribute("..device.meeting"))
    day = factory.SelfAttribute("device.meeting.starts_on")
    half = "am"
    answer = "green"
    device_at = factory.LazyFunction(timezone.now)
    at = received_at = factory.SelfAttribute("device_at")


class MessageFactory(DjangoModelFactory):
    """A queued mail, due now, without the task that would deliver it."""

    class Meta:
        model = Message

    kind = "registration_confirmed"
    dedup_key = factory.Sequence(lambda n: f"test:{n}")
    to = "expert@police.example"
    language = "en"
    subject = "You have a place"
    body = "Dear Maeve,\n\nYour place is confirmed.\n"

    class Params:
        sent = factory.Trait(state=Message.State.SENT, sent_at=factory.LazyFunction(timezone.now), attempts=1)
        failed = factory.Trait(state=Message.State.FAILED, problem="Refused: 550 no such user", attempts=1)


class CampaignFactory(DjangoModelFactory):
    """A draft to everybody on the list of participants, with words in both languages."""

    class Meta:
        model = Campaign

    name = "Another room"
    audience = "participants"
    subject_en = "Another room: {city}"
    subject_fr = "Salle changée : {city}"
    body_en = "Dear {name}"
    body_fr = "Bonjour {name}"


class CheckInFactory(DjangoModelFactory):
    """Somebody was there on the first morning of the meeting, scanned at the door."""

    class Meta:
        model = CheckIn

    participant = factory.SubFactory(ParticipantFactory)
    day = factory.LazyAttribute(lambda row: row.participant.meeting.starts_on)
    half = "am"

    class Params:
        by_hand = factory.Trait(source="hand", reason="Signed the sheet.")


class CertificateFactory(DjangoModelFactory):
    """A certificate in English for the first day of the meeting."""

    class Meta:
        model = Certificate

    participant = factory.SubFactory(ParticipantFactory)
    language = "en"
    days = factory.LazyAttribute(lambda row: [row.participant.meeting.starts_on.isoformat()])


class EvaluationAnswerFactory(DjangoModelFactory):
    """What somebody said of a meeting."""

    class Meta:
        model = EvaluationAnswer

    meeting = factory.SubFactory(MeetingFactory)
    content = 4
    comment = "Fewer speeches."
