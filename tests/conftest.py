"""The cast: the meetings and people that tests speak of by name.

The open meeting's dates count from now, so that services need no frozen clock; its address and year never change.
Tests about a date on a page make a meeting of their own with that date.
"""

import datetime as dt
import gc
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import set_urlconf
from django.utils import timezone, translation
from pytest_django import DjangoDbBlocker

from accounts.models import User
from meetings.models import Meeting
from participants.models import Participant
from tests import database
from tests.factories import CountryFactory, MeetingFactory, ParticipantFactory, UserFactory
from tests.herd import Herd

FLUSHING = {"transactional_db", "live_server", "committed_db"}  # fixtures after which Django empties every table


@pytest.fixture(autouse=True)
def clean_slate() -> Iterator[None]:
    """No cached figure and no language chosen by one test reaches the next."""
    yield
    cache.clear()
    translation.activate("en")


@pytest.fixture(autouse=True)
def _django_set_urlconf(request: pytest.FixtureRequest) -> Iterator[None]:
    """pytest-django's fixture for the marker ``urls``, which forgets all addresses before and after: Django keeps those of each
    module apart, and collecting them anew takes longer than most tests."""
    marker = request.node.get_closest_marker("urls")
    usual = settings.ROOT_URLCONF
    if marker:
        settings.ROOT_URLCONF = marker.args[0]
        set_urlconf(None)
    yield
    if marker:
        settings.ROOT_URLCONF = usual
        set_urlconf(None)


@pytest.fixture(scope="session")
def django_db_keepdb(pytestconfig: pytest.Config) -> bool:
    """With SQLite a database that is there already is taken as it is: it was put there a moment ago (tests/database.py)."""
    return connection.vendor == "sqlite" or bool(pytestconfig.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, pytestconfig: pytest.Config) -> None:
    if connection.vendor == "sqlite" and (cache := getattr(pytestconfig, "cache", None)) and not pytestconfig.getvalue("create_db"):
        database.copy_in(cache.mkdir("database"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker, pytestconfig: pytest.Config) -> None:
    if connection.vendor == "sqlite" and (cache := getattr(pytestconfig, "cache", None)):  # absent where pytest is told to keep nothing
        with django_db_blocker.unblock():
            database.keep(cache.mkdir("database"))


class Pristine:
    """The test database as migrations left it, kept to be put back."""

    def __init__(self) -> None:
        if connection.vendor == "sqlite":
            self.copy = sqlite3.connect(":memory:")
            connection.ensure_connection()
            connection.connection.backup(self.copy)
        else:
            self.rows = connection.creation.serialize_db_to_string()

    def put_back(self) -> None:
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            self.copy.backup(connection.connection)
        else:
            call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True, reset_sequences=False)
            connection.creation.deserialize_db_from_string(self.rows)
        ContentType.objects.clear_cache()

    def leave_alone(self) -> None:
        """End what a live server's threads or another process left connected, or the test database could not be dropped."""
        if connection.vendor == "postgresql":
            connection.close()
            connection.close_pool()
            with connection.cursor() as cursor:
                others = "datname = current_database() AND pid <> pg_backend_pid()"
                cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")  # noqa: S608  no input


@pytest.fixture(scope="session")
def pristine(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Pristine]:
    """Taken before the first test that commits."""
    with django_db_blocker.unblock():
        pristine = Pristine()
    yield pristine
    with django_db_blocker.unblock():
        pristine.leave_alone()


@pytest.fixture(autouse=True)
def reference_data_survives(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Put back what migrations loaded (countries, sectors, groups, mail templates) after a test that commits."""
    marker = request.node.get_closest_marker("django_db")
    commits = FLUSHING & set(request.fixturenames) or (marker and marker.kwargs.get("transaction"))
    if not commits:
        yield
        return
    pristine = request.getfixturevalue("pristine")
    yield
    with django_db_blocker.unblock():
        pristine.put_back()


@pytest.fixture
def transactional_db(pristine: Pristine, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """pytest-django's fixture without its emptying of every table, because ``reference_data_survives`` puts all back anyway."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def committed_db(transactional_db: None) -> None:
    """A database whose transactions are real, so that other processes and threads see what a test wrote."""


@pytest.fixture(scope="module")
def herd(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Herd]:
    """Processes that do something at the same moment; the test needs ``committed_db`` too."""
    with django_db_blocker.unblock():
        herd = Herd()
    yield herd
    herd.stop()


# --- what a machine lacks ---


def chromium() -> str | None:
    """The path of the browser for tests marked ``browser``: CHROMIUM, or the first found on the PATH."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser; leave out tests that ask for the other database, and on PostgreSQL those that
    touch none: they were run with SQLite, and nothing about them can differ."""
    if chromium() is None:
        no_browser = pytest.mark.skip(reason="no Chromium: install Debian's package chromium, or set CHROMIUM to the program's path")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(no_browser)
    other = "sqlite" if connection.vendor == "postgresql" else "postgres"
    left_out = [item for item in items if item.get_closest_marker(other) or (other == "sqlite" and not touches_database(item))]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def touches_database(item: pytest.Item) -> bool:
    """Whether pytest-django would let the test near a database."""
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames))


def pytest_collection_finish() -> None:
    """Everything loaded so far stays until the end; the garbage collector need not look at it over and over (a sixth of the time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure: something that should be installed is not."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why each was skipped, whatever the options."""
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"SKIPPED {report.nodeid}: {report.longrepr[2]}", yellow=True)
    if os.environ.get("CI") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("Skipped tests count as failures here, because CI is set.", red=True)


# --- meetings ---


@pytest.fixture
def meeting(db: None) -> Meeting:
    """Strasbourg 2026: published, in 60 days, registration open, 100 places, needs approval."""
    return MeetingFactory(slug="strasbourg-2026", code="CYB26", year=2026, ordinal=8)


@pytest.fixture
def draft_meeting(db: None) -> Meeting:
    """Lisbon 2027: not published."""
    return MeetingFactory(
        slug="lisbon-2027", code="CYB27", year=2027, ordinal=9, city_en="Lisbon", city_fr="Lisbonne", host_country="PT", is_published=False
    )


@pytest.fixture
def past_meeting(db: None) -> Meeting:
    """Dublin 2017: held on 12-14 December 2017."""
    return MeetingFactory(
        slug="dublin-2017",
        code="CYB17",
        year=2017,
        ordinal=5,
        city_en="Dublin",
        city_fr="Dublin",
        host_country="IE",
        timezone="Europe/Dublin",
        starts_on=dt.date(2017, 12, 12),
        ends_on=dt.date(2017, 12, 14),
        registration_opens_at=dt.datetime(2017, 9, 1, tzinfo=dt.UTC),
        registration_closes_at=dt.datetime(2017, 11, 15, tzinfo=dt.UTC),
    )


# --- staff ---


@pytest.fixture
def administrator(db: None) -> User:
    """Has every right."""
    return UserFactory(email="administrator@secretariat.example", name="Administrator", staff=True, is_superuser=True)


def member_of(group: str, **fields: str) -> User:
    """A member of staff in one group of accounts.roles."""
    user = UserFactory(staff=True, **fields)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def secretariat(db: None) -> User:
    return member_of("Secretariat", email="secretariat@secretariat.example", name="Secretariat")


@pytest.fixture
def host_liaison(db: None) -> User:
    return member_of("Host liaison", email="liaison@host.example", name="Host liaison")


@pytest.fixture
def desk(db: None) -> User:
    return member_of("Check-in desk", email="desk@host.example", name="Check-in desk")


@pytest.fixture
def rapporteur(db: None) -> User:
    return member_of("Rapporteur", email="rapporteur@university.example", name="Rapporteur")


@pytest.fixture
def visa_officer(db: None) -> User:
    """Of the secretariat, and the one of them who writes letters for visas."""
    user = member_of("Visa letters", email="visas@secretariat.example", name="Visa officer")
    user.groups.add(Group.objects.get(name="Secretariat"))
    return user


@pytest.fixture
def auditor(db: None) -> User:
    return member_of("Auditor", email="auditor@audit.example", name="Auditor")


# --- experts ---


@pytest.fixture
def registration(meeting: Meeting) -> Participant:
    """Maeve Orrin's confirmed place at Strasbourg 2026."""
    return ParticipantFactory(
        meeting=meeting, given_name="Maeve", family_name="Orrin", email="maeve.orrin@garda.example", country=CountryFactory(code="IE")
    )


@pytest.fixture
def expert(registration: Participant) -> User:
    """Maeve Orrin, confirmed at Strasbourg 2026 (``registration``)."""
    return registration.user


@pytest.fixture
def other_expert(meeting: Meeting) -> User:
    """Jonas Brandt, confirmed at the same meeting."""
    return ParticipantFactory(
        meeting=meeting, given_name="Jonas", family_name="Brandt", email="jonas.brandt@zoll.example", country=CountryFactory(code="DE")
    ).user


@pytest.fixture
def protected_registration(meeting: Meeting) -> Participant:
    """Livia Canary's confirmed place; her name must show up nowhere."""
    return ParticipantFactory(
        meeting=meeting,
        given_name="Livia",
        family_name="Canary",
        email="livia.canary@polizia.example",
        phone="+39 06 555 0199",
        function="Undercover officer",
        service="Special operations",
        country=CountryFactory(code="IT"),
        protected=True,
    )


@pytest.fixture
def protected_expert(protected_registration: Participant) -> User:
    """Livia Canary, protected, shown as "Expert K." (``protected_registration``)."""
    return protected_registration.user


@pytest.fixture
def stranger(db: None) -> User:
    """Has an account and no registration."""
    return UserFactory(email="stranger@elsewhere.example", name="Stranger")


def signed_in(user: User, *, factor: bool = True, minutes: int = 0) -> Client:
    """A browser signed in as somebody so many minutes ago; staff passed their second factor, unless ``factor`` is false."""
    client = Client()
    client.force_login(user)
    at = timezone.now().timestamp() - 60 * minutes
    proofs = [{"method": "password" if user.is_staff else "code", "at": at, "email": user.email}]
    if user.is_staff and factor:
        proofs.append({"method": "mfa", "at": at, "type": "totp"})
    session = client.session
    session.update({"account_authentication_methods": proofs, "account_authentication_methods_user": str(user.pk)})
    session.update({"session_began": at, "session_seen": timezone.now().timestamp(), "recovery_codes_seen": True})
    session.save()
    return client


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """Make a browser signed in as somebody: ``client_of(secretariat).get("/admin/")``; see ``signed_in``."""
    return signed_in
