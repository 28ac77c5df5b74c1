"""Which people left in an export: kept before the first row leaves, small, and out of reach of nobody who is erased."""

import random

import pytest

from participants.exports import PURPOSES, Choice, start_export
from participants.models import ExportedPeople, ExportRecord, Participant
from tests.factories import ParticipantFactory


@pytest.fixture
def record(db):
    return ExportRecord.objects.create(purpose="full")


def export(purpose, rows=None):
    rows = Participant.objects.all() if rows is None else rows
    return start_export(queryset=rows, choice=Choice(PURPOSES[purpose]), by=None, filters={})


@pytest.mark.parametrize("keys", [[], [5], [1, 2, 3], [7, 8, 15, 16, 100_000], sorted(random.Random(3).sample(range(1, 9_000), 500))])
def test_what_goes_in_comes_out(record, keys):
    ExportedPeople.write(record, keys)

    assert record.people.keys() == keys


@pytest.mark.parametrize(("key", "expected"), [(4, False), (5, True), (6, False), (12, True), (13, False), (99, False)])
def test_asks_for_one(record, key, expected):
    ExportedPeople.write(record, [5, 12])

    assert ExportedPeople.objects.get().holds(key) is expected


def test_a_hundred_thousand_people_stay_small(record):
    ExportedPeople.write(record, random.Random(3).sample(range(1, 200_000), 100_000))

    assert len(ExportedPeople.objects.get().packed) < 26_000


def test_the_people_are_known_before_the_first_row_leaves(registration):
    record, _pieces = export("full")

    assert record.people.keys() == [registration.pk]


def test_who_is_left_out_of_a_purpose_was_not_in_the_export(registration, meeting):
    ParticipantFactory(meeting=meeting, visibility="hidden")

    record, _pieces = export("participants_list")

    assert record.people.keys() == [registration.pk]


def test_counts_hold_nobody(registration):
    export("catering")

    assert ExportedPeople.objects.count() == 0


def test_finds_the_exports_of_a_person(registration, meeting):
    alone, _pieces = export("full")
    other = ParticipantFactory(meeting=meeting)
    both, _pieces = export("full")

    assert ExportedPeople.exports_with(registration.pk) == [alone.pk, both.pk]
    assert ExportedPeople.exports_with(other.pk) == [both.pk]


def test_somebody_erased_was_in_no_export(registration, meeting):
    other = ParticipantFactory(meeting=meeting)
    record, _pieces = export("full")

    assert ExportedPeople.forget(registration.pk) == 1
    assert ExportedPeople.objects.get(record=record).keys() == [other.pk]
