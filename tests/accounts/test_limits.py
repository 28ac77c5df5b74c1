"""Tries are counted once for all processes, and forgotten in time."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import limits
from accounts.limits import Rule, Spent, is_spent, spend
from accounts.models import Tally

RULE = Rule(2, 600, ("address",))
NOON = "2026-11-24T12:00:00Z"


def test_as_many_pass_as_are_allowed(db):
    assert [is_spent("door", RULE, ["maeve@police.example"]) for _ in range(4)] == [False, False, True, True]


def test_one_too_many_is_told_how_long_to_wait(db):
    with time_machine.travel(NOON, tick=False) as clock:
        spend("door", RULE, ["a"])
        spend("door", RULE, ["a"])
        clock.shift(100)

        assert spend("door", RULE, ["a"]) == Spent(count=3, wait=500)


def test_tries_are_forgotten_when_the_time_is_over(db):
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            spend("door", RULE, ["a"])
        clock.shift(600)

        assert spend("door", RULE, ["a"]) == Spent(count=1, wait=0)


def test_doors_rules_and_people_are_counted_apart(db):
    other_rule = Rule(2, 600, ("network",))

    counts = [
        spend(*one).count for one in [("door", RULE, ["a"]), ("gate", RULE, ["a"]), ("door", other_rule, ["a"]), ("door", RULE, ["b"])]
    ]

    assert counts == [1, 1, 1, 1]


def test_two_values_are_not_one_joined(db):
    rule = Rule(2, 600, ("address", "network"))

    assert [spend("door", rule, ["ab", "c"]).count, spend("door", rule, ["a", "bc"]).count] == [1, 1]


def test_no_address_and_no_network_is_kept(db):
    spend("door", Rule(2, 600, ("address", "network")), ["maeve@police.example", "192.0.2.7"])

    [row] = Tally.objects.values()
    assert len(row["key"]) == 64
    assert "maeve" not in str(row)
    assert "192.0.2.7" not in str(row)


def test_the_name_of_a_row_hangs_on_the_key_of_the_site(db, settings):
    spend("door", RULE, ["a"])
    settings.SECRET_KEY = "another"
    spend("door", RULE, ["a"])

    assert Tally.objects.count() == 2


@pytest.mark.parametrize("before", [0, 1, 5])
def test_a_try_is_one_statement(db, before):
    for _ in range(before):
        spend("door", RULE, ["a"])

    with CaptureQueriesContext(connection) as queries:
        spend("door", RULE, ["a"])

    assert len(queries) == 1


def test_what_is_over_is_swept(db, settings):
    with time_machine.travel(NOON, tick=False) as clock:
        spend("door", RULE, ["old"])
        clock.shift(300)
        spend("door", RULE, ["new"])
        clock.shift(300)

        limits.sweep()

        assert spend("door", RULE, ["new"]).count == 2
    assert Tally.objects.count() == 1
    assert "accounts.limits.sweep" in settings.SWEEPS


def test_many_processes_count_together_and_as_many_pass_as_are_allowed(herd, committed_db):
    passed = herd.run("tests.accounts.acts:try_often", [{"what": "door", "amount": 30, "times": 10}] * 6)

    assert Tally.objects.get().count == 60
    assert sum(passed) == 30


def test_each_of_many_at_once_is_told_a_number_of_its_own(herd, committed_db):
    counts = [herd.run("tests.accounts.acts:count", [{"what": f"door {n}", "amount": 3}] * 6) for n in range(3)]

    assert [sorted(each) for each in counts] == [[1, 2, 3, 4, 5, 6]] * 3
