"""What has been kept long enough goes, class by class, and nothing else; each night once."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Look, SecurityEvent, Tally, User
from accounts.personal_data import DataClass
from participants.models import ExportedPeople, ExportRecord, Journey, Needs, Participant, Reveal
from privacy.clocks import ORDER
from privacy.models import Erasure, PurgeRun, RetentionPeriod
from privacy.retention import FOR_GOOD
from privacy.services import purging, tombstones
from privacy.services.purging import nightly, purge
from tests.factories import MeetingFactory, MessageFactory, ParticipantFactory, PassportFactory, UserFactory, in_days

NIGHT = dt.datetime(2027, 3, 3, 2, 30, tzinfo=dt.UTC)  # half past three in Strasbourg


@pytest.fixture
def long_ago(db):
    """A meeting that ended three years ago."""
    return MeetingFactory(
        starts_on=in_days(-1100).date(),
        ends_on=in_days(-1098).date(),
        registration_opens_at=in_days(-1200),
        registration_closes_at=in_days(-1150),
    )


@pytest.fixture
def old(long_ago, administrator):
    """One row of everything, each older than its clock allows, and its twin, which is not."""
    guest = ParticipantFactory(meeting=long_ago)
    guest.notes = "Came late."
    guest.save()
    Needs.objects.create(participant=guest, diet="vegan")
    Journey.objects.create(participant=guest, arrives_on=long_ago.starts_on)
    PassportFactory(participant=guest)
    Participant.history.update(history_date=in_days(-900))
    stranger = UserFactory(date_joined=in_days(-900), last_login=in_days(-800))
    UserFactory(date_joined=in_days(-900), last_login=in_days(-1), email="recent@post.example")
    for days in (-900, -1):
        MessageFactory(sent=True, sent_at=in_days(days))
        MessageFactory(failed=True, created_at=in_days(days))
        Look.objects.create(by=administrator, at=in_days(days), what="search", key=f"x:{-days}", spell=-days)
        SecurityEvent.objects.create(at=in_days(days), event="sign_in", by=administrator)
        Reveal.objects.create(participant=guest, made_by=administrator, made_at=in_days(days), reason="Asked.")
        ExportedPeople.write(ExportRecord.objects.create(made_at=in_days(days), purpose="full"), [guest.pk])
        Tally.objects.create(key=f"k{days}", count=1, ends=int(in_days(days + 0.5).timestamp()))
        Session.objects.create(session_key=f"s{-days}", session_data="x", expire_date=in_days(days))
        LogEntry.objects.create(
            user=administrator,
            content_type=ContentType.objects.get_for_model(User),
            object_id=str(stranger.pk),
            object_repr=stranger.email,
            action_flag=CHANGE,
            action_time=in_days(days),
        )
    place = UserSession.objects.create(user=administrator, session_key="s900", ip="127.0.0.1", user_agent="Firefox")
    UserSession.objects.filter(pk=place.pk).update(created_at=in_days(-900))
    ParticipantFactory(meeting=long_ago, unconfirmed=True, created_at=in_days(-8))
    return guest


def went(run: PurgeRun) -> dict[str, int]:
    """How many went of each table that lost something."""
    return {f"{name} {table}": number for name, tables in run.counts.items() for table, number in tables.items() if number}


WENT = {
    "security accounts.securityevent": 1,
    "security sessions.session": 1,
    "security usersessions.usersession": 1,
    "security accounts.tally": 2,
    "account accounts.user": 1,
    "mail correspondence.message": 2,
    "needs participants.needs": 1,
    "travel participants.journey": 1,
    "passport participants.passport": 1,
    "trace accounts.look": 1,
    "trace admin.logentry": 1,
    "trace participants.reveal": 1,
    "trace participants.exportrecord": 1,
    "trace participants.historicalparticipant": 2,
    "registration participants.participant:unconfirmed": 1,
    "registration participants.participant": 1,
}


def test_what_is_over_goes(old):
    assert went(purge()) == WENT


def test_a_dry_run_counts_the_same_and_touches_nothing(old):
    run = purge(dry=True)

    assert (went(run), run.is_dry) == (WENT, True)
    assert went(purge()) == WENT


def test_a_second_run_finds_nothing(old):
    purge()

    assert went(purge()) == {}


@pytest.mark.parametrize("data_class", ORDER)
def test_one_class_alone(old, data_class):
    only = {key: number for key, number in WENT.items() if key.startswith(f"{data_class} ")}

    assert went(purge(only=data_class)) == only


def test_a_registration_is_emptied_and_still_counts(old):
    purge()

    after = Participant.objects.get(pk=old.pk)
    assert (after.is_erased, after.state, after.category, after.country_id) == (True, old.state, old.category, old.country_id)
    assert list(Erasure.objects.values_list("purpose", "registrations", "references")) == [("retention", [old.pk], [after.reference])]


def test_a_row_of_the_last_day_stays(long_ago, old):
    days = (timezone.localdate() - long_ago.ends_on).days
    RetentionPeriod.objects.filter(data_class="registration").update(days=days)

    purge(only="registration")

    assert Participant.objects.get(pk=old.pk).is_erased is False


def test_more_than_one_batch(db, monkeypatch):
    monkeypatch.setattr("accounts.retention.BATCH", 2)
    for _ in range(5):
        MessageFactory(sent=True, sent_at=in_days(-200))
    told = []

    run = purge(only="mail", tell=lambda *batch: told.append(batch[1:]))

    assert went(run) == {"mail correspondence.message": 5}
    assert told[:4] == [(("correspondence.message"), number) for number in (0, 2, 2, 1)]


def test_an_account_with_a_registration_stays(meeting):
    guest = ParticipantFactory(meeting=meeting).user
    User.objects.update(date_joined=in_days(-900))

    purge(only="account")

    assert User.objects.filter(pk=guest.pk).exists()


@pytest.mark.parametrize("member", ["secretariat", "administrator"])
def test_accounts_of_the_staff_stay(request, member):
    user = request.getfixturevalue(member)
    User.objects.update(date_joined=in_days(-900))

    purge(only="account")

    assert User.objects.filter(pk=user.pk).exists()


def test_an_account_stays_while_a_trace_names_it(secretariat):
    User.objects.update(date_joined=in_days(-900), is_staff=False)
    look = Look.objects.create(by=secretariat, what="search", key="x:1", spell=1)

    purge(only="account")
    kept = User.objects.filter(pk=secretariat.pk).exists()
    Look.objects.filter(pk=look.pk).let_go()
    purge(only="account")

    assert (kept, User.objects.filter(pk=secretariat.pk).exists()) == (True, False)


def test_trail_of_an_account_that_went_does_not_name_it(old):
    RetentionPeriod.objects.filter(data_class="trace").update(days=3650)

    purge()

    assert set(LogEntry.objects.values_list("object_repr", flat=True)) == {""}


def test_mails_of_the_demo_go_with_their_files(db, settings):
    settings.DEMO_MAIL_DIR.mkdir()
    for name, age in (("old", 200), ("new", 1)):
        path = settings.DEMO_MAIL_DIR / f"{name}.log"
        path.write_text("Subject: x\n\nHello\n")
        moment = in_days(-age).timestamp()
        __import__("os").utime(path, (moment, moment))

    run = purge(only="mail")

    assert went(run) == {"mail files:mail": 1}
    assert [path.name for path in settings.DEMO_MAIL_DIR.iterdir()] == ["new.log"]


# --- failures ---


def broken(*args, **kwargs):
    raise ValueError("quotes maeve.orrin@garda.example")


def test_a_failure_does_not_stop_the_others(old, monkeypatch):
    monkeypatch.setattr(Look.objects._queryset_class, "let_go", broken)

    run = purge()

    assert run.problem == "trace: ValueError\n"
    assert run.finished_at is not None
    kept_with_it = {key for key in WENT if key.startswith("trace ")}
    assert went(run) == {key: number for key, number in WENT.items() if key not in kept_with_it}


def test_what_failed_goes_the_next_time(old, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Look.objects._queryset_class, "let_go", broken)
        purge()

    assert went(purge())["trace accounts.look"] == 1


# --- each night once ---


def test_a_night_is_purged_once(db):
    first, second = nightly(NIGHT), nightly(NIGHT + dt.timedelta(minutes=30))

    assert (first.night, second) == (dt.date(2027, 3, 3), None)
    assert PurgeRun.objects.get().finished_at is not None


def test_the_next_night_is_another_one(db):
    nightly(NIGHT)
    nightly(NIGHT + dt.timedelta(days=1))

    assert PurgeRun.objects.count() == 2


@pytest.mark.parametrize("hour", [0, 6, 12, 23])
def test_by_day_nothing_is_purged(db, hour):
    assert nightly(NIGHT.replace(hour=hour, minute=0)) is None
    assert not PurgeRun.objects.exists()


def test_nobody_else_takes_what_is_under_way(db):
    purging.claim(NIGHT.date(), NIGHT)

    assert nightly(NIGHT + purging.LEASE) is None


def test_what_a_killed_worker_left_is_taken_over(old):
    begun = purging.claim(NIGHT.date(), NIGHT)
    PurgeRun.objects.filter(pk=begun.pk).update(counts={"mail": {"correspondence.message": 7}})

    run = nightly(NIGHT + purging.LEASE + dt.timedelta(seconds=1))

    assert run.pk == begun.pk
    assert run.counts["mail"]["correspondence.message"] == 7 + 2
    assert run.finished_at is not None


def test_whoever_was_taken_over_stops(old):
    late = purging.claim(NIGHT.date(), NIGHT)
    purging.claim(NIGHT.date(), NIGHT + purging.LEASE * 2)

    purging.carry_out(late, at=timezone.now())

    assert Participant.objects.get(pk=old.pk).is_erased is False
    assert PurgeRun.objects.get(pk=late.pk).finished_at is None


def test_every_class_has_its_line():
    assert set(ORDER) == set(DataClass) - FOR_GOOD


def test_the_worker_purges(settings):
    assert settings.SWEEPS.count("privacy.services.purging.nightly") == 1


def test_the_list_of_erasures_is_completed_each_night(db):
    Erasure.objects.create(purpose="request", account=5)

    nightly(NIGHT)

    assert [erasure.account for _, erasure in tombstones.read(tombstones.path())] == [5]
