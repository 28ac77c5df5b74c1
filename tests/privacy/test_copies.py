"""The copy of everything held on one person holds every personal field of the register, and nothing of anybody else."""

import datetime as dt
import json
import re
import uuid

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone, translation
from simple_history.utils import update_change_reason

from accounts.models import Look, SecurityEvent
from attendance.models import Admission, Allocation, Badge, Booking, Certificate, CheckIn, Device, Evaluated, Part, Scan, Wish
from correspondence.models import CampaignRecipient
from delegations.models import InvitationLink, NominationLink
from participants import services
from participants.models import (
    ExportedPeople,
    ExportRecord,
    ImportRecord,
    Journey,
    Merge,
    Needs,
    NotSame,
    Participant,
    PersonalLink,
    Reason,
    Reveal,
    Step,
)
from privacy import register
from privacy.copies.building import make
from privacy.copies.holdings import LEFT_OUT, WAYS, is_left_out
from privacy.copies.owner import Owner
from privacy.models import ErasureRequest
from tests.conftest import member_of
from tests.factories import (
    BodyFactory,
    CampaignFactory,
    CorrespondentFactory,
    HandOverFactory,
    InvitationFactory,
    MeetingFactory,
    MessageFactory,
    NominationFactory,
    OfferFactory,
    ParticipantFactory,
    PassportFactory,
    SessionFactory,
    UserFactory,
)

OFFICE = "/admin/privacy/copy/registration/{}/"


def fill(name, clerk):
    """Somebody who has a row in every table; each text of theirs holds their name."""
    texts = {field: f"{name} {field}" for field in ("notes", "phone", "organisation", "alias", "state_reason")}
    first = ParticipantFactory(
        meeting=MeetingFactory(),
        given_name=name,
        family_name=name,
        email=f"{name}@post.example".lower(),
        user__name=name,
        **texts,
    )
    second = ParticipantFactory(meeting=MeetingFactory(), user=first.user, family_name=name, email=first.email)
    services.correct_by_hand(participant=first, changes={"function": f"{name} function"}, by=clerk)
    Needs.objects.create(participant=first, diet="other", diet_details=f"{name} diet", accessibility=f"{name} access")
    details = {field: f"{name} {field}" for field in ("arrival_details", "departure_details", "hotel")}
    Journey.objects.create(participant=first, arrives_on=dt.date(2026, 11, 23), departs_on=dt.date(2026, 11, 27), **details)
    PassportFactory(participant=first, number=f"{name}1234", birth_place=f"{name}ville")
    services.add_note(participant=first, text=f"{name} note", by=clerk)
    Merge.objects.create(survivor=first, other=second, by=clerk)
    NotSame.objects.create(first=first, second=second, by=clerk)
    fill_step(first, f"{name} step", clerk)
    PersonalLink.issue(first, purpose="prove_address", expires_at=timezone.now())
    Reveal.objects.create(participant=first, made_by=clerk, reason=f"{name} reveal")
    record = ExportRecord.objects.create(made_by=clerk, purpose="full", filters={"Search": "Somebody"}, rows=1)
    ExportedPeople.write(record, [first.pk])
    brought = ImportRecord.objects.create(made_by=clerk, meeting=first.meeting, kind="csv", digest="0" * 64, new_state="pending")
    update_change_reason(first, brought.change_reason)
    mail = MessageFactory(to=first.email, reference=second.reference, subject=f"{name} subject", body=f"{name} body")
    campaign = CampaignFactory(state="done", made_by=first.user, sent_by=clerk, sent_at=timezone.now())
    CampaignRecipient.objects.create(campaign=campaign, key=str(first.pk), language="en", written_at=timezone.now(), message=mail)
    Look.objects.create(by=clerk, what="history", key=f"participants.participant:{first.pk}", reference=first.reference, spell=1)
    SecurityEvent.objects.create(event="sign_in", by=first.user, facts={"how": ["code"]})
    about = {"content_type": ContentType.objects.get_for_model(Participant), "object_id": first.pk, "object_repr": first.reference}
    LogEntry.objects.create(user=clerk, action_flag=CHANGE, change_message=f"{name} change", **about)
    OfferFactory(participant=first)
    HandOverFactory(participant=first, ended_at=timezone.now(), ending="taken")
    fill_attendance(name, first, clerk)
    fill_account(name, first.user)
    fill_delegation(name, first.user, clerk)
    return first


def fill_step(participant, words, clerk):
    """A time on hold that is over."""
    when = {"made_at": timezone.now(), "until": dt.date(2026, 3, 9), "closed_at": timezone.now()}
    who = {"made_by": clerk, "closed_by": clerk}
    code = Reason.objects.get(code="details")
    Step.objects.create(participant=participant, kind="hold", outcome="ended", code=code, reason=words, answer=words, **when, **who)


def fill_delegation(name, user, clerk):
    """Speaks for a country, is invited in person and by way of it, put forward by somebody else, and an organisation's contact."""
    CorrespondentFactory(user=user, note=f"{name} office")
    InvitationFactory(to_person=True, family_name=name, email=user.email, reply_words=f"{name} words", sent_by=clerk)
    invitation = InvitationFactory(sent=True)
    InvitationLink.issue(invitation, purpose="reply", user=user, email=user.email, expires_at=timezone.now())
    named = NominationFactory(invitation=invitation, family_name=name, email=user.email, put_forward_by=clerk, function=f"{name} office")
    NominationLink.issue(named, at=timezone.now(), expires_at=timezone.now())
    NominationFactory(invitation=invitation, family_name="Somebody")
    BodyFactory(code=name.lower(), contact_name=name, contact_email=user.email)


def scanned(device, badge):
    """An amber scan that was undone: every column of it has something."""
    now, more = timezone.now(), {"half": "am", "offset_ms": 7, "answer": "amber", "reason": "already_in", "first_place": "Door"}
    times = {"day": now.date(), "device_at": now, "at": now, "received_at": now, "first_at": now, "undone_at": now}
    session = SessionFactory(meeting=device.meeting)
    return {"id": uuid.uuid4(), "device": device, "badge": badge, "participant": badge.participant, "session": session, **times, **more}


def fill_attendance(name, participant, clerk):
    """Speaks, is let in by name, has a seat, a wish and a badge, was there, and gave out seats."""
    session = SessionFactory(meeting=participant.meeting)
    Part.objects.create(session=session, participant=participant)
    Admission.objects.create(session=session, participant=participant, reason=f"{name} reason", by=clerk)
    Booking.objects.create(session=session, participant=participant, state="seat")
    Wish.objects.create(session=session, participant=participant, rank=1)
    badge = Badge.objects.create(participant=participant, made_by=clerk)
    device = Device.objects.create(
        meeting=participant.meeting, name=f"{name} door", token_hash=name, pin_hash="!", made_by=participant.user
    )
    Scan.objects.create(**scanned(device, badge))
    day = dt.date(2026, 11, 24)
    CheckIn.objects.create(participant=participant, day=day, half="am", source="hand", place="Door", by=clerk, reason=f"{name} late")
    taken_back = {"revoked_at": timezone.now(), "revoked_by": clerk, "reason": f"{name} reason"}
    Certificate.objects.create(participant=participant, language="en", days=[day.isoformat()], issued_by=clerk, **taken_back)
    Evaluated.objects.create(participant=participant)
    Allocation.objects.create(meeting=participant.meeting, seed="1", made_by=participant.user)


def fill_account(name, user):
    """What libraries keep of an account."""
    UserSession.objects.create(user=user, ip="192.0.2.7", session_key=f"{name}-session-key", user_agent=f"{name} browser")
    Authenticator.objects.create(user=user, type="totp", data={"secret": f"{name}-secret"})
    address = EmailAddress.objects.create(user=user, email=user.email, verified=True)
    EmailConfirmation.objects.create(email_address=address, key=f"{name}-confirmation-key")
    ErasureRequest.objects.create(user=user)
    user.set_password(f"{name} password")
    user.save()
    user.user_permissions.add(Permission.objects.first())


@pytest.fixture
def clerk(db):
    return member_of("Secretariat", email="clerk.canary@secretariat.example", name="Clerk Canary")


@pytest.fixture
def alba(clerk):
    return fill("Alba", clerk)


@pytest.fixture
def bruno(clerk):
    return fill("Bruno", clerk)


def everything(participant):
    return json.dumps(make(Owner.of_account(participant.user)).as_json()["data"], ensure_ascii=False)


def expected_fields():
    """Every field of the register that a copy should hold, of the tables that this app's tests can fill."""
    for table in register.tables():
        if is_left_out(table.model._meta.label_lower):
            continue
        followed = register.tracked(table.model)
        for entry in table.entries:
            same = f"{followed._meta.label_lower}.{entry.field.name}" if followed else entry.key
            if not is_left_out(entry.key, same):
                yield entry.key


def test_every_table_of_the_register_is_in_the_copy_or_left_out_with_a_reason():
    labels = {table.model._meta.label_lower for table in register.tables() if not table.is_history}

    assert sorted(label for label in labels if label not in WAYS and not is_left_out(label)) == []


def test_nothing_is_left_out_that_does_not_exist():
    known = {entry.key for entry in register.entries()} | {table.model._meta.label_lower for table in register.tables()}

    assert sorted(set(LEFT_OUT) - known) == []


def test_a_person_who_has_everything_finds_every_field_of_the_register(alba):
    data = make(Owner.of_account(alba.user)).as_json()["data"]

    found = {f"{table}.{field}" for table, rows in data.items() for row in rows for field in row}
    assert sorted(set(expected_fields()) - found) == []


def test_both_meetings_are_in_it(alba):
    data = make(Owner.of_account(alba.user)).as_json()["data"]

    references = list(alba.user.participations.order_by("pk").values_list("reference", flat=True))
    assert [row["reference"] for row in data["participants.participant"]] == references


TOLD = (
    "notes",
    "note",
    "step",
    "phone",
    "organisation",
    "alias",
    "state_reason",
    "function",
    "diet",
    "access",
    "reveal",
    "subject",
    "body",
    "browser",
)


@pytest.mark.parametrize("name", TOLD)
def test_what_was_told_is_in_it(alba, name):
    assert f"Alba {name}" in everything(alba)


def test_nothing_of_anybody_else_is_in_it(alba, bruno):
    assert [word for word in ("Bruno", "bruno", "Clerk", "clerk.canary", "Somebody") if word in everything(alba)] == []
    assert "Alba" not in everything(bruno)


def test_of_staff_it_tells_the_role(alba, clerk):
    data = make(Owner.of_account(alba.user)).as_json()["data"]

    assert data["accounts.look"][0]["by"] == {"role": "Secretariat"}
    assert data["participants.reveal"][0]["made_by"] == {"role": "Secretariat"}
    assert data["participants.historicalparticipant"][1]["history_user"] == {"role": "Secretariat"}
    assert data["accounts.securityevent"][0]["by"] == "self"


def test_nothing_that_opens_something_is_in_it(alba):
    MessageFactory(to=alba.email, body="https://testserver/registrations/confirm/Alba-token/", is_secret=True)
    words = everything(alba)

    secrets = ["Alba-session-key", "Alba-secret", "Alba-confirmation-key", "Alba-token", "argon2", alba.user.password]
    assert [secret for secret in [*secrets, alba.links.get().token_hash] if secret in words] == []
    assert '"type": "totp"' in words


def test_of_a_history_later_versions_say_what_they_changed(alba):
    versions = make(Owner.of_account(alba.user)).as_json()["data"]["participants.historicalparticipant"]

    assert versions[1] == {
        "function": "Alba function",
        "history_date": versions[1]["history_date"],
        "history_change_reason": "corrected by the secretariat",
        "history_user": {"role": "Secretariat"},
    }


def test_an_address_that_somebody_else_typed_leads_to_nothing(alba, bruno):
    ParticipantFactory(meeting=MeetingFactory(), unconfirmed=True, email=alba.email, family_name="Impostor")

    assert "Impostor" not in everything(alba)


# --- for the person ---


def test_the_page_shows_it_in_the_language_of_the_reader(client_of, alba):
    page = client_of(alba.user).get("/fr/my/data/").content.decode()

    assert "Alba diet" in page
    assert "Secrétariat" in page
    assert "Clerk" not in page


def test_the_file(client_of, alba, bruno):
    response = client_of(alba.user).get("/my/data.json")

    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="personal-data-{timezone.localdate()}.json"'
    assert "no-store" in response.headers["Cache-Control"]
    document = json.loads(response.content.decode())
    assert document["references"] == [one.reference for one in alba.user.participations.order_by("pk")]
    assert dt.datetime.fromisoformat(document["data"]["participants.participant"][0]["created_at"]).tzinfo is not None
    assert "Bruno" not in response.content.decode()


def test_keys_and_values_of_the_file_are_the_same_in_both_languages(alba):
    owner = Owner.of_account(alba.user)
    english = make(owner).as_json()["data"]
    with translation.override("fr"):
        assert make(owner).as_json()["data"] == english


@pytest.mark.parametrize("path", ["/my/data/", "/my/data.json"])
def test_without_a_fresh_proof_nothing_is_shown(client_of, alba, settings, path):
    settings.FRESH_SIGN_IN_SECONDS = 0

    response = client_of(alba.user).get(path)

    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/reauthenticate/?next=%2Fmy%2Fdata%2F"


def test_somebody_without_registrations_finds_their_account(client_of, db):
    user = UserFactory(name="Nemo")

    assert "Nemo" in client_of(user).get("/my/data/").content.decode()


# --- in the back office ---


def test_the_office_says_why_and_gets_the_copy(client_of, secretariat, alba, bruno):
    response = client_of(secretariat).post(OFFICE.format(alba.pk), {"reason": "Letter of 3 May", "read": "1"})

    page = response.content.decode()
    assert "Alba diet" in page
    assert "Bruno" not in page


def test_the_ledger_and_the_trace_know_of_it(client_of, secretariat, alba):
    response = client_of(secretariat).post(OFFICE.format(alba.pk), {"reason": "Letter of 3 May", "file": "1"})

    record = ExportRecord.objects.get(purpose="own_data")
    rows = sum(len(rows) for rows in json.loads(response.content)["data"].values())
    assert (record.made_by, record.options, record.rows) == (secretariat, {"format": "json", "reason": "Letter of 3 May"}, rows)
    assert record.people.keys() == [one.pk for one in alba.user.participations.order_by("pk")]
    assert set(Look.objects.filter(what="copy").values_list("key", flat=True)) == set(Owner.of_account(alba.user).traces)


def test_a_passport_is_for_those_who_write_the_letters_alone(client_of, secretariat, alba):
    closed = client_of(secretariat).post(OFFICE.format(alba.pk), {"reason": "Letter of 3 May", "file": "1"}).json()
    secretariat.groups.add(Group.objects.get(name="Visa letters"))
    opened = client_of(secretariat).post(OFFICE.format(alba.pk), {"reason": "Letter of 3 May", "file": "1"}).json()

    assert ["participants.passport" in copy["data"] for copy in (closed, opened)] == [False, True]
    assert ["participants.passport" in copy["left_out"] for copy in (closed, opened)] == [True, False]


def test_its_contents_name_every_part(client_of, alba):
    page = client_of(alba.user).get("/my/data/").content.decode()

    assert re.findall(r'<li><a href="#(part-\d+|left-out)"', page) == re.findall(r'<h2 id="([^"]+)"', page)


@pytest.mark.parametrize("reason", ["", " ", "\u200b"])
def test_without_a_reason_nothing_leaves(client_of, secretariat, alba, reason):
    response = client_of(secretariat).post(OFFICE.format(alba.pk), {"reason": reason, "file": "1"})

    assert "Alba diet" not in response.content.decode()
    assert not ExportRecord.objects.filter(purpose="own_data").exists()


def test_the_office_shows_that_it_is_there_first(client_of, secretariat, alba, settings):
    settings.FRESH_SIGN_IN_SECONDS = 0

    response = client_of(secretariat).post(OFFICE.format(alba.pk), {"reason": "Letter of 3 May", "file": "1"})

    assert response.status_code == 302
    assert not ExportRecord.objects.filter(purpose="own_data").exists()


def test_ledger_does_not_keep_the_name_of_whose_copy_it_is(client_of, secretariat, registration):
    client_of(secretariat).post(OFFICE.format(registration.pk), {"reason": "Ms Orrin wrote on 3 May", "read": "1"})

    assert ExportRecord.objects.get().options["reason"] == "Ms […] wrote on 3 May"


def test_a_copy_of_somebody_protected_needs_the_right_to_the_name(client_of, alba):
    Participant.objects.filter(pk=alba.pk).update(is_protected=True)
    clerk = UserFactory(staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="copy_person"))

    assert client_of(clerk).get(OFFICE.format(alba.pk)).status_code == 403


def test_somebody_without_account_can_have_a_copy_too(client_of, secretariat, db):
    lone = ParticipantFactory(user=None, email="", family_name="Lone")

    response = client_of(secretariat).post(OFFICE.format(lone.pk), {"reason": "Letter of 3 May", "file": "1"})

    assert [row["family_name"] for row in json.loads(response.content)["data"]["participants.participant"]] == ["Lone"]
