"""The demo's data, counted. It is built once for the file and rolled back at its end."""

import datetime as dt
from collections import Counter
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts.models import Look, SecurityEvent, Tally, User
from attendance.clashes import clashes_of
from attendance.models import Badge, Booking, Part, Wish
from attendance.programme import items_for
from attendance.speaking import marks_of
from correspondence.models import Message
from delegations import services as services_of_delegations
from delegations.models import Correspondent, Country, Invitation, Nomination
from meetings.audiences import Category
from meetings.models import Meeting, Room, Session
from meetings.versions import unpublished_changes
from participants import services
from participants.admin.history import KNOWN_REASONS
from participants.models import ExportRecord, Needs, Participant, Reveal, Sector
from pompidou.demo import draft, seats
from pompidou.demo.accounts import ACCOUNTS
from pompidou.demo.build import build, build_coming
from pompidou.demo.staff import secretary, write_accounts
from pompidou.demo.stages import Stage, calendar_of
from tests.factories import ParticipantFactory

State = Participant.State


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The demo in its default stage."""
    with django_db_blocker.unblock(), transaction.atomic():
        build(Stage.OPEN)
        yield
        transaction.set_rollback(True)


def people(slug):
    return Participant.objects.filter(meeting__slug=slug)


def counted(slug):
    """Those who have a place that counts."""
    return people(slug).holding_a_place()


def tally(rows, column):
    return dict(Counter(rows.values_list(column, flat=True)))


# --- 2016 ---


def test_sixty_four_people_from_twenty_five_countries_came_in_2016():
    national = counted("strasbourg-2016").filter(category=Category.MEMBER_STATE)

    assert counted("strasbourg-2016").count() == 64
    assert national.values("country").distinct().count() == 25


def test_in_2016_nobody_else_adds_a_country():
    countries = counted("strasbourg-2016").exclude(country=None).values("country").distinct()

    assert countries.count() == 25


def test_people_of_2016_by_category():
    assert tally(people("strasbourg-2016").confirmed(), "category") == {
        Category.MEMBER_STATE: 48,
        Category.INTERNATIONAL_ORGANISATION: 6,
        Category.PRIVATE_SECTOR: 6,
        Category.ACADEMIA: 4,
        Category.SECRETARIAT: 3,
        Category.INTERPRETER: 4,
    }


def test_national_experts_of_2016_by_sector():
    national = counted("strasbourg-2016").filter(category=Category.MEMBER_STATE)

    assert tally(national, "sector__code") == {
        "police": 19,
        "customs": 11,
        "border": 3,
        "prosecutor": 5,
        "judge": 2,
        "it": 4,
        "postal": 3,
        "other": 1,
    }


def test_delegations_of_2016():
    letters = {"police": "P", "customs": "C", "border": "B", "prosecutor": "R", "judge": "J", "it": "I", "postal": "M", "other": "G"}
    order = "PCBRJIMG"
    national = counted("strasbourg-2016").filter(category=Category.MEMBER_STATE)

    delegations = {}
    for country, sector in national.values_list("country__code", "sector__code"):
        delegations[country] = "".join(sorted(delegations.get(country, "") + letters[sector], key=order.index))

    assert delegations == {
        **{"FR": "PCRM", "IE": "PPC", "FI": "PCI", "PT": "PCR", "CH": "PBI", "IT": "PCJ", "BE": "PCM", "AT": "PC", "CZ": "PR"},
        **{"HU": "PC", "NO": "PC", "PL": "PB", "SI": "PJ", "TR": "PC", "RO": "PR", "SE": "C", "BG": "P", "HR": "P", "CY": "P"},
        **{"EE": "I", "LT": "B", "MT": "M", "RS": "R", "IL": "I", "MA": "G"},
    }


def test_organisations_of_2016():
    bodies = counted("strasbourg-2016").exclude(body=None)

    assert tally(bodies, "body__code") == {"EUROPOL": 2, "EMCDDA": 1, "INTERPOL": 1, "UNODC": 1, "UPU": 1}


def test_people_of_2016_by_sex_and_experience():
    assert tally(counted("strasbourg-2016"), "salutation") == {"ms": 21, "mr": 41, "": 2}
    assert counted("strasbourg-2016").filter(is_first_timer=True).count() == 22


def test_three_protected_two_excused_one_substitute_one_absent_in_2016():
    withdrawn = people("strasbourg-2016").filter(state=State.WITHDRAWN)

    assert counted("strasbourg-2016").filter(is_protected=True).count() == 3
    assert sorted(withdrawn.values_list("state_reason", flat=True)) == ["Called to court as a witness", "On sick leave"]
    assert counted("strasbourg-2016").filter(note_rows__text__startswith="Substitute").count() == 1
    assert counted("strasbourg-2016").filter(note_rows__text__startswith="No-show").count() == 1


# --- Dublin ---


def test_dublin_was_postponed_and_says_why():
    meeting = Meeting.objects.get(slug="dublin-2017")
    change = meeting.date_changes.get()

    assert (meeting.planned_starts_on, meeting.planned_ends_on) == (dt.date(2017, 12, 12), dt.date(2017, 12, 14))
    assert (meeting.starts_on, meeting.ends_on) == (dt.date(2018, 4, 17), dt.date(2018, 4, 19))
    assert (change.old_starts_on, change.new_starts_on) == (dt.date(2017, 12, 12), dt.date(2018, 4, 17))
    assert change.reason_en
    assert change.reason_fr


def test_eighty_two_people_from_twenty_nine_countries_came_to_dublin():
    assert counted("dublin-2017").count() == 82
    assert counted("dublin-2017").exclude(country=None).values("country").distinct().count() == 29


def test_people_of_dublin_by_category():
    assert tally(counted("dublin-2017"), "category") == {
        Category.MEMBER_STATE: 53,
        Category.OTHER_STATE: 3,
        Category.HOST: 2,
        Category.INTERNATIONAL_ORGANISATION: 9,
        Category.PRIVATE_SECTOR: 10,
        Category.ACADEMIA: 5,
    }


def test_mexico_came_to_dublin_as_a_member_and_spain_as_a_guest():
    categories = dict(counted("dublin-2017").filter(country__code__in=["MX", "ES", "US"]).values_list("country__code", "category"))

    assert categories == {"MX": Category.MEMBER_STATE, "ES": Category.OTHER_STATE, "US": Category.OTHER_STATE}


def test_delegates_changed_when_dublin_moved():
    left = people("dublin-2017").filter(state=State.WITHDRAWN)
    named_instead = counted("dublin-2017").filter(note_rows__text__startswith="Named after the postponement")

    assert (left.count(), named_instead.count()) == (3, 3)


# --- the coming edition ---


def test_coming_edition_in_mid_life():
    assert tally(people("strasbourg-2026"), "state") == {
        State.UNCONFIRMED: 9,
        State.PENDING: 5,  # one of them registered twice
        State.WAITLISTED: 2,
        State.CONFIRMED: 43,
    }


def test_registrations_are_never_later_than_now_nor_before_the_opening():
    meeting = Meeting.objects.get(slug="strasbourg-2026")
    late = people("strasbourg-2026").filter(registered_at__gt=timezone.now())
    early = people("strasbourg-2026").filter(created_at__lt=meeting.registration_opens_at)

    assert (late.count(), early.count()) == (0, 0)


def test_registrations_are_spread_over_the_weeks():
    days = people("strasbourg-2026").registered().dates("registered_at", "day")

    assert len(days) >= 15


def test_no_draft_is_old_enough_to_be_deleted():
    assert not Participant.objects.stale(timezone.now()).exists()


def test_one_place_is_left_for_those_who_wait_for_approval_and_one_is_held():
    meeting = Meeting.objects.get(slug="strasbourg-2026")

    assert (services.free_places(meeting), Participant.objects.filter(meeting=meeting).with_offer().count()) == (1, 1)
    assert Message.objects.filter(kind="registration_offer").count() == 1


def test_every_state_of_the_outbox_is_there_to_see():
    assert set(Message.objects.values_list("state", flat=True)) == {"sent", "queued", "failed"}
    assert Message.objects.get(state="failed").problem == "Refused: 552 5.2.2 Mailbox full"
    assert Message.objects.filter(state="queued").exclude(problem="").count() == 3


def test_mails_that_were_sent_hold_no_link_that_opens_something():
    assert set(Message.objects.filter(state="sent", is_secret=True).values_list("body", flat=True)) == {"—"}


def test_only_the_coming_edition_names_a_privacy_notice():
    assert tally(Participant.objects.exclude(privacy_notice=""), "meeting__slug") == {"strasbourg-2026": 58}


def test_some_people_said_what_they_need():
    assert Needs.objects.filter(participant__meeting__slug="strasbourg-2026").count() == 9


def test_one_text_waits_for_its_french_version():
    meeting = Meeting.objects.get(slug="strasbourg-2026")
    untranslated = Session.objects.filter(title_fr="")

    assert (meeting.summary_fr != "", meeting.audience_fr != "", meeting.practical_fr) == (True, True, "")
    assert [session.title_en for session in untranslated] == ["Well-being of those who watch the screens"]


def test_secretariat_works_on_a_session_that_clashes_and_the_public_reads_it_as_it_was():
    meeting = Meeting.objects.get(slug="strasbourg-2026")
    [change] = unpublished_changes(meeting, marks_of(meeting))
    clashes = clashes_of(meeting, None, sees_journeys=False)
    [(other, told)] = [(key, told) for key, told in clashes.items() if key != change.session.pk]

    assert (change.before.title_en, change.after.ends_at - change.before.ends_at) == (draft.TALK, draft.LONGER)
    assert told == [f"Agora G01 is taken at that time by “{draft.TALK}”, 14:15–16:30."]
    assert [(item.title.text, item.hours) for item in items_for(None, meeting) if item.pk in {change.session.pk, other}] == [
        (draft.TALK, "14:15–15:45"),
        ("What online platforms owe: a year of the new duties", "16:15–17:45"),
    ]


@pytest.mark.parametrize(
    ("stage", "phase", "registrations"),
    [("before", "announced", 0), ("open", "open", 59), ("closed", "closed", 49), ("running", "running", 49), ("over", "over", 49)],
)
def test_each_stage_puts_the_coming_meeting_into_its_phase(db, stage, phase, registrations):
    build_coming(Stage(stage), by=secretary())

    meeting = Meeting.objects.get(slug="strasbourg-2026")
    assert meeting.phase(timezone.now()) == phase
    assert people("strasbourg-2026").count() == registrations


@pytest.mark.parametrize(("stage", "valid", "void"), [("open", 0, 0), ("closed", 45, 1), ("running", 45, 1)])
def test_badges_are_printed_once_everything_is_decided(db, stage, valid, void):
    build_coming(Stage(stage), by=secretary())

    assert (Badge.objects.valid().count(), Badge.objects.exclude(voided_at=None).count()) == (valid, void)


def test_workshops_have_seats_left_a_queue_and_wishes(db):
    build_coming(Stage.RUNNING, by=secretary())

    states = Booking.objects.values_list("session__title_en", "state").annotate(number=Count("pk")).order_by()
    assert {(title, state): number for title, state, number in states} == {
        (seats.HANDS_ON, "seat"): 6,
        (seats.HANDS_ON, "queue"): 3,
        (seats.TABLE, "seat"): 7,
        **{(title, "seat"): 14 for title in seats.BY_WISHES},
        **{(title, "seat"): 7 for title in seats.DIRECT},
    }
    assert Wish.objects.values("participant").distinct().count() == 24
    assert not Booking.objects.filter(participant__email__in=[account.email for account in ACCOUNTS]).exists()


@pytest.mark.parametrize("day", [dt.date(2026, 11, 24), dt.date(2027, 1, 2), dt.date(2028, 2, 29), dt.date(2031, 6, 15)])
def test_coming_meeting_is_about_ten_weeks_ahead_on_any_day(day):
    calendar = calendar_of(Stage.OPEN, dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC))

    assert calendar.starts_on.strftime("%A") == "Tuesday"
    assert 67 <= (calendar.starts_on - day).days <= 73


def test_once_registration_has_closed_everything_is_decided(db):
    build_coming(Stage.RUNNING, by=secretary())

    assert tally(people("strasbourg-2026"), "state") == {State.CONFIRMED: 45, State.WAITLISTED: 2, State.DECLINED: 2}


def invited(**filters):
    return Invitation.objects.filter(meeting__slug="strasbourg-2026", **filters)


def test_forty_one_members_are_invited_and_twenty_seven_have_nominated():
    members = invited(category=Category.MEMBER_STATE)

    assert tally(members, "state") == {"sent": 41}
    assert members.filter(nominations__state="put_forward").distinct().count() == 27
    assert members.silent().count() == 14


def test_whoever_was_nominated_and_registered_stands_on_the_nomination():
    national = people("strasbourg-2026").registered().filter(category=Category.MEMBER_STATE)

    assert not national.filter(nomination=None).exclude(submission_key="demo:twice").exists()
    assert Nomination.objects.filter(participant=None).count() == 2


def test_no_delegation_is_larger_than_its_quota():
    for invitation in invited().with_names():
        assert invitation.names <= invitation.quota


def test_observers_and_organisations_wait_as_drafts_that_can_be_sent():
    drafts = invited(state="draft")

    plan = services_of_delegations.plan(services_of_delegations.against_sending, drafts)

    assert {invitation.kind for invitation, _ in plan.ready} == {"body"}
    assert {why: len(some) for why, some in plan.refused.items()} == {"There is nobody to write to.": 3}


def test_nobody_is_reminded_as_soon_as_the_worker_starts():
    noon = timezone.localtime().replace(hour=12)

    assert services_of_delegations.remind_silent(noon) == 0


def test_before_registration_opens_every_invitation_is_a_draft(db):
    build_coming(Stage.BEFORE, by=secretary())

    assert set(invited().values_list("state", flat=True)) == {"draft"}


# --- people across editions ---


def test_the_same_person_keeps_the_account_and_changes_function():
    functions = Participant.objects.filter(user__email="expert@police.example").order_by("meeting__starts_on")

    assert list(functions.values_list("meeting__slug", "function")) == [
        ("strasbourg-2016", "Senior Analyst"),
        ("dublin-2017", "Head of Section"),
        ("strasbourg-2026", "Chief Commissioner"),
    ]


def test_somebody_went_from_a_country_to_an_organisation():
    rows = Participant.objects.filter(family_name="Ní Fhaoláin").order_by("meeting__starts_on")

    assert list(rows.values_list("country__code", "body__code")) == [("IE", None), ("IE", None), (None, "EUROPOL")]
    assert len(set(rows.values_list("user", flat=True))) == 1


def test_two_people_have_one_name():
    rows = people("strasbourg-2016").filter(given_name="Marko", family_name="Matić")

    assert sorted(rows.values_list("country__code", flat=True)) == ["HR", "RS"]
    assert len(set(rows.values_list("user", flat=True))) == 2


def test_some_have_one_name_only():
    assert set(Participant.objects.filter(given_name="").values_list("family_name", flat=True)) == {"Hardjono", "Wahyuni"}


def test_nobody_comes_from_a_state_that_was_excluded():
    assert not Participant.objects.filter(country__code="RU").exists()


def test_no_protected_person_is_announced_as_a_speaker():
    names = set(Participant.objects.filter(is_protected=True).values_list("family_name", flat=True))
    guests = " ".join(Part.objects.values_list("guest_name", flat=True))

    assert [name for name in names if name in guests] == []
    assert not Part.objects.filter(participant__is_protected=True).exists()


def test_every_registration_has_its_history():
    first = Participant.history.filter(history_type="+").values("id")
    confirmed = people("strasbourg-2026").confirmed().first()

    assert first.count() == Participant.objects.count()
    assert [row.state for row in confirmed.history.order_by("history_date")] == ["unconfirmed", "pending", "confirmed"]


def test_a_reference_and_a_search_key_are_what_saving_would_have_made():
    row = people("strasbourg-2016").get(family_name="Žemaitytė")
    made = (row.reference, row.search_key)

    row.save()

    assert made == (row.reference, row.search_key)
    assert row.reference.startswith("CYB16-")


@pytest.mark.parametrize("model", [Meeting, Room, Session, Participant])
def test_everything_passes_the_checks_of_the_admin(model):
    keys = {field.name for field in model._meta.fields if field.is_relation}  # the database checks those

    for row in model.objects.select_related(*keys):
        row.clean_fields(exclude=keys)
        row.clean()


def test_no_mail_could_reach_anybody():
    addresses = {
        *Participant.objects.values_list("email", flat=True),
        *User.objects.values_list("email", flat=True),
        *Message.objects.values_list("to", flat=True),
        *Meeting.objects.values_list("contact_email", flat=True),
    }

    assert [address for address in addresses if not address.endswith(".example")] == []


# --- accounts ---


def test_every_account_of_the_start_page_exists():
    assert User.objects.filter(email__in=[account.email for account in ACCOUNTS]).count() == len(ACCOUNTS)


@pytest.mark.parametrize("account", [account for account in ACCOUNTS if account.password], ids=lambda account: account.email)
def test_staff_sign_in_with_the_password_named_and_have_the_group_named(account):
    user = User.objects.get(email=account.email)

    assert user.check_password(account.password)
    assert (user.is_staff, user.is_superuser) == (True, account.is_administrator)
    assert list(user.groups.values_list("name", flat=True)) == ([account.group] if account.group else [])


def test_a_second_factor_that_a_visitor_set_up_is_forgotten():
    Authenticator.objects.create(user=secretary(), type="totp", data={})

    write_accounts()

    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "account",
    [account for account in ACCOUNTS if not (account.password or account.country or account.body)],
    ids=lambda account: account.email,
)
def test_experts_have_a_place_and_no_password(account):
    user = User.objects.get(email=account.email)

    assert not user.has_usable_password()
    assert user.participations.get(meeting__slug="strasbourg-2026").state == State.CONFIRMED


@pytest.mark.parametrize("account", [account for account in ACCOUNTS if account.country], ids=lambda account: account.email)
def test_correspondents_speak_for_their_country_and_have_no_password(account):
    user = User.objects.get(email=account.email)

    assert not user.has_usable_password()
    assert [office.country.code for office in Correspondent.objects.of(user, timezone.localdate())] == [account.country]


def test_the_organisation_of_an_account_is_invited_and_its_correspondent_written_to():
    office = Correspondent.objects.exclude(body=None).get()

    invitation = Invitation.objects.get(body=office.body)

    assert (office.user.email, office.body.code, invitation.state, invitation.quota) == ("liaison@europol.example", "EUROPOL", "sent", 2)
    assert Message.objects.filter(kind="invitation", to=office.user.email).count() == 1


def test_the_protected_account_is_protected():
    assert Participant.objects.get(meeting__slug="strasbourg-2026", user__email="protected@customs.example").is_protected


# --- the command ---


def counts():
    kept = (Meeting, Session, Participant, Correspondent, Invitation, Nomination)
    models = (*kept, Room, Message, Needs, User, *(model.history for model in kept))
    return [getattr(model, "objects", model).count() for model in models]


def test_running_it_again_leaves_one_set(db):
    before = counts()

    build(Stage.OPEN)

    assert counts() == before


def test_running_it_again_puts_back_what_was_changed(db):
    people("strasbourg-2026").confirmed().update(state=State.WITHDRAWN)
    Meeting.objects.filter(slug="strasbourg-2026").update(title_en="Changed")

    build_coming(Stage.OPEN, by=secretary())

    assert people("strasbourg-2026").confirmed().count() == 43
    assert Meeting.objects.get(slug="strasbourg-2026").title_en == "Annual meeting on drug-related cybercrime"


def test_running_it_again_puts_back_how_places_are_decided(db):
    build(Stage.OPEN)
    Meeting.objects.filter(slug="strasbourg-2026").update(decides_twice=True, needs_approval=False, offer_hours=0)

    build(Stage.OPEN)

    meeting = Meeting.objects.get(slug="strasbourg-2026")
    assert (meeting.decides_twice, meeting.needs_approval, meeting.offer_hours) == (False, True, 48)
    assert people("strasbourg-2026").with_offer().count() == 1


def visitor():
    """Somebody who tried the form of the demo."""
    services.submit_registration(
        meeting=Meeting.objects.get(slug="strasbourg-2026"),
        answers={
            "given_name": "Siobhán",
            "family_name": "Ní Bhriain-O'Connor",
            "email": "siobhan@visitor.example",
            "category": Category.MEMBER_STATE,
            "sector": Sector.objects.get(code="police"),
            "country": Country.objects.get(code="IE"),
        },
        needs={},
        submission_key="visitor",
    )


def test_running_it_again_keeps_what_visitors_entered(db):
    visitor()

    build_coming(Stage.OPEN, by=secretary())

    assert people("strasbourg-2026").filter(email="siobhan@visitor.example").count() == 1


def visitors_with_a_place(number):
    """People whom visitors of the demo registered and approved."""
    return ParticipantFactory.create_batch(number, meeting=Meeting.objects.get(slug="strasbourg-2026"), state=State.CONFIRMED)


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.CLOSED, Stage.RUNNING, Stage.OVER])
def test_visitors_places_count_first_and_the_meeting_is_never_overfull(db, stage):
    visitors = visitors_with_a_place(4)

    build_coming(stage, by=secretary())

    demo = people("strasbourg-2026").exclude(pk__in=[row.pk for row in visitors])
    assert people("strasbourg-2026").confirmed().filter(pk__in=[row.pk for row in visitors]).count() == 4
    assert demo.holding_a_place().count() == 41
    assert counted("strasbourg-2026").count() == 45
    assert demo.filter(state=State.WAITLISTED).count() == {Stage.OPEN: 4}.get(stage, 6)


def test_the_command_says_how_many_rows_of_visitors_stay(db):
    visitors_with_a_place(3)

    said = build_coming(Stage.BEFORE, by=secretary())

    assert said.endswith(", before: 0 registrations, beside 3 entered by visitors, which stay")


def test_reasons_in_the_histories_are_those_that_services_write_or_a_person_typed(db):
    automatic = people("strasbourg-2016").model.history.filter(meeting__slug="strasbourg-2016", state_reason="")

    assert set(automatic.values_list("history_change_reason", flat=True)) - {"", None} <= set(KNOWN_REASONS)


def test_command_refuses_where_it_is_not_the_demo(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError) as refusal:
        call_command("demo")

    assert str(refusal.value) == "This fills the database with invented people, so it runs only where DEMO=1 is set."


def test_command_says_what_it_does(db, settings):
    settings.DEMO = True
    output = StringIO()

    call_command("demo", "--stage", "over", stdout=output)

    assert output.getvalue().splitlines() == [
        "  Accounts, one per role",
        "  Strasbourg 2016: 64 participants",
        "  Dublin 2017: 82 participants",
        "  Strasbourg 2026, over: 49 registrations",
    ]


def test_the_auditor_finds_what_the_staff_did(client_of):
    auditor = User.objects.get(email="auditor@pompidou.example")

    kinds = {kind["label"]: kind["count"] for kind in client_of(auditor).get("/admin/audit/").context["kinds"]}

    assert (kinds["Name shown"], kinds["Exported"], kinds["Refused"]) == (1, 1, 1)
    assert kinds["Seen"] >= 10


def test_what_the_staff_did_is_there_once_however_often_the_demo_is_built():
    build_coming(Stage.OPEN, by=secretary())

    assert (Reveal.objects.count(), ExportRecord.objects.count(), SecurityEvent.objects.count()) == (1, 1, 5)
    assert set(Look.objects.values_list("reference", flat=True)) <= set(people("strasbourg-2026").values_list("reference", flat=True))


def test_demo_made_again_and_again_is_not_held_up_by_the_mails_of_this_hour(db):
    Tally.objects.create(key="0" * 32, count=99, ends=2**31)

    build_coming(Stage.BEFORE, by=secretary())

    assert not Tally.objects.filter(key="0" * 32).exists()
