"""Certificates and answers of the demo's meetings that are over."""

import pytest

from attendance.evaluation import results_of
from attendance.models import Certificate
from pompidou.demo import afterwards, presence
from tests.factories import MeetingFactory, ParticipantFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(secretariat, monkeypatch):
    """Over, with twelve who were there."""
    monkeypatch.setattr("pompidou.demo.staff.secretary", lambda: secretariat)
    meeting = MeetingFactory(slug="strasbourg-2016", over=True)
    for _ in range(12):
        ParticipantFactory(meeting=meeting, confirmed=True)
    presence.write(meeting)
    return meeting


def test_some_have_a_certificate_and_one_was_taken_back(meeting):
    afterwards.write(meeting, by=UserFactory(staff=True))

    worth = [certificate.is_valid for certificate in Certificate.objects.order_by("issued_at", "pk")]
    assert worth == [False, True, True, True]


@pytest.mark.parametrize(("slug", "number", "shown"), [("strasbourg-2016", 11, 10), ("dublin-2017", 3, 0), ("strasbourg-2026", 7, 5)])
def test_so_many_answered(meeting, slug, number, shown):
    meeting.slug = slug
    meeting.save()

    afterwards.write(meeting, by=UserFactory(staff=True))

    results = results_of(meeting)
    assert (results.number, results.shown) == (number, shown)


def test_writing_it_again_leaves_the_same(meeting):
    for _ in range(2):
        afterwards.write(meeting, by=UserFactory(staff=True))

    assert (Certificate.objects.count(), results_of(meeting).number) == (4, 11)
