"""Somebody goes the whole way and is erased; then no table, file or line of the log knows the name."""

import logging
from collections import Counter

import pytest
from django.db import connection, transaction

from participants import services
from participants.models import Participant
from privacy.services import erasing
from privacy.services.erasing import erase_person, plan_for
from privacy.services.people import person_of
from tests.conftest import member_of
from tests.factories import MeetingFactory
from tests.privacy import canary, hunting


@pytest.fixture
def log():
    """What production would have written meanwhile."""
    handler = hunting.Log()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def gone_the_way(committed_db, settings, log):
    """The canary after everything that can happen to somebody."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    clerk = member_of("Secretariat", email="clerk@secretariat.example", name="Clerk")
    meeting = MeetingFactory(slug="strasbourg-2026", code="CYB26", year=2026, ordinal=8)
    participant = canary.register(meeting)
    canary.work_on(participant, clerk)
    canary.nominate(meeting)
    canary.mention(participant, clerk)
    canary.refused(participant)
    services.withdraw(participant=participant, by=participant.user)
    canary.mailed()
    return Participant.objects.get(pk=participant.pk)


def needles(participant: Participant) -> list[str]:
    references = {participant.reference, *participant.history.values_list("reference", flat=True)}
    return [*canary.NEEDLES, *references]


def erased(participant: Participant) -> None:
    plan = plan_for(person_of(participant.user))
    erase_person(plan=plan, by=None, also=[mention.key for mention in plan.found.doubtful])


def test_nothing_is_left(gone_the_way, settings, log):
    sought = needles(gone_the_way)
    before = hunting.places(settings.VAR_DIR, sought)

    erased(gone_the_way)

    assert len(before) > 12  # or the hunt is blind
    assert hunting.places(settings.VAR_DIR, sought) == {}
    assert len(log.lines) >= 3
    assert hunting.found_in("\n".join(log.lines), sought) == set()


STEPS = {
    "registrations": (erasing.participants, "erase_registration", Counter),
    "invitations": (erasing, "erase_invited", Counter),
    "mails": (erasing, "let_go_of_mails", int),
    "accounts": (erasing, "erase_account", Counter),
    "earlier accounts": (erasing, "earlier_accounts", list),
    "searches": (erasing.participants, "change_searches", int),
    "other people's rows": (erasing, "take_out", int),
}


def test_a_step_that_is_left_out_is_seen(gone_the_way, monkeypatch):
    """The hunt after an erasure without one of its steps, each taken back before the next."""
    sought = needles(gone_the_way)
    unseen = []
    for step, (module, name, nothing) in STEPS.items():
        with transaction.atomic(), monkeypatch.context() as patch:
            patch.setattr(module, name, lambda *args, made=nothing, **kwargs: made())
            erased(gone_the_way)
            if not any(hunting.found_in(text, sought) for _, text in hunting.tables()):
                unseen.append(step)
            transaction.set_rollback(True)

    assert unseen == []


@pytest.mark.parametrize("step", ["files.take_out", pytest.param("overwrite", marks=pytest.mark.sqlite)])
def test_a_step_after_the_transaction_that_is_left_out_is_seen(gone_the_way, monkeypatch, settings, step):
    sought = needles(gone_the_way)
    monkeypatch.setattr(f"privacy.services.erasing.{step}", lambda *args: 0)

    erased(gone_the_way)

    assert hunting.places(settings.VAR_DIR, sought) != {}


@pytest.mark.sqlite
def test_freed_pages_would_be_seen(gone_the_way, settings):
    """Without ``secure_delete`` SQLite leaves in its file what was deleted from its tables."""
    sought = needles(gone_the_way)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")

    erased(gone_the_way)

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=ON")
    assert [place for place in hunting.places(settings.VAR_DIR, sought) if "sqlite" not in place] == []
    assert hunting.places(settings.VAR_DIR, sought) != {}
