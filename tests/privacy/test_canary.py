"""Somebody goes the whole way and is erased; then no table, file or line of the log knows the name."""

import logging

import pytest

from participants import services
from participants.models import Participant
from privacy.services.erasing import erase_person, plan_for
from privacy.services.people import person_of
from tests.conftest import member_of
from tests.factories import MeetingFactory
from tests.privacy import canary, hunting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def log():
    """What production would have written meanwhile."""
    handler = hunting.Log()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def gone_the_way(settings, log):
    """The canary after everything that can happen to somebody."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    clerk = member_of("Secretariat", email="clerk@secretariat.example", name="Clerk")
    meeting = MeetingFactory(slug="strasbourg-2026", code="CYB26", year=2026, ordinal=8)
    participant = canary.register(meeting)
    canary.work_on(participant, clerk)
    canary.mention(participant, clerk)
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
    assert hunting.found_in("\n".join(log.lines), sought) == set()
    assert len(log.lines) > 10
