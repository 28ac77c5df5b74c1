"""Wishes are placed fairly: firsts before seconds, by a lot that anybody can draw again."""

import datetime as dt
import itertools
import random
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.allocating import Given, Offer, Wisher, allocate, lot

NINE = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)


def hours(start, length=1):
    begins = NINE + dt.timedelta(hours=start)
    return begins, begins + dt.timedelta(hours=length)


def offer(key, start=0, total=1, **more):
    return Offer(key, hours(start), total, **more)


def police(key, *wishes, **more):
    return Wisher(key, "law_enforcement", wishes, **more)


def test_a_first_wish_comes_before_anybody_s_second():
    offers = [offer(1, 0), offer(2, 1)]
    people = [police(10, 1, 2), police(11, 2), police(12, 1)]

    placed = allocate(offers, people, seed="any")

    assert Given(11, 2, 1) in placed


def test_among_equals_the_lot_decides():
    people = [police(key, 1) for key in range(20)]

    [winner] = allocate([offer(1)], people, seed="2026")

    assert winner.wisher == min(range(20), key=lambda key: lot("2026", key))


def test_another_seed_draws_another_lot():
    people = [police(key, 1) for key in range(50)]

    assert len({allocate([offer(1)], people, seed=str(seed))[0].wisher for seed in range(8)}) > 1


def test_whoever_got_nothing_comes_before_whoever_got_something():
    first, second = sorted((1, 2), key=lambda key: lot("s", key))
    offers = [offer(100, 0), offer(200, 1)]

    placed = allocate(offers, [police(first, 100, 200), police(second, 100, 200)], seed="s")

    assert placed == [Given(first, 100, 1), Given(second, 200, 2)]


def test_nobody_gets_two_seats_at_one_hour():
    assert allocate([offer(1), offer(2)], [police(1, 1, 2)], seed="s") == [Given(1, 1, 1)]


def test_a_seat_held_before_blocks_its_hour():
    assert allocate([offer(1)], [police(1, 1, busy=(hours(0.5),))], seed="s") == []


def test_seats_kept_for_industry_stay_empty_rather_than_go_to_others():
    shared = offer(1, total=2, kept={"private": 1})

    placed = allocate([shared], [police(1, 1), police(2, 1)], seed="s")

    assert len(placed) == 1


@given(
    st.lists(st.lists(st.integers(0, 4), max_size=3, unique=True), max_size=30),
    st.lists(st.integers(0, 5), min_size=5, max_size=5),
    st.text(max_size=5),
)
def test_whatever_is_wished_no_session_is_overfull_and_it_comes_out_the_same_again(wishes, totals, seed):
    people = [police(key, *wished) for key, wished in enumerate(wishes)]

    placed = allocate([offer(key, key // 2, total) for key, total in enumerate(totals)], people, seed=seed)
    again = allocate([offer(key, key // 2, total) for key, total in enumerate(totals)][::-1], people[::-1], seed=seed)

    assert placed == again
    assert all(number <= totals[session] for session, number in Counter(one.session for one in placed).items())


def ranks(placed, deepest=3):
    """How many got their first, second, … wish."""
    return [sum(one.rank == rank for one in placed) for rank in range(1, deepest + 1)]


def test_of_equals_the_one_with_another_wish_left_steps_aside():
    for seed in "abcdefgh":
        placed = allocate([offer(1), offer(2)], [police(10, 1, 2), police(11, 1)], seed=seed)

        assert {(one.wisher, one.session) for one in placed} == {(10, 2), (11, 1)}


@pytest.mark.parametrize("seed", range(60))
def test_no_other_way_to_seat_people_gives_more_of_them_a_better_wish(seed):
    chance = random.Random(seed)
    totals = [chance.randint(0, 2) for _ in range(3)]
    people = [police(key, *chance.sample(range(3), chance.randint(1, 3))) for key in range(5)]

    best = [0, 0, 0]
    for way in itertools.product(*[(None, *person.wishes) for person in people]):
        if all(way.count(key) <= total for key, total in enumerate(totals)):
            seated = [Given(one.key, key, one.wishes.index(key) + 1) for one, key in zip(people, way, strict=True) if key is not None]
            best = max(best, ranks(seated))

    assert ranks(allocate([offer(key, total=total) for key, total in enumerate(totals)], people, seed=str(seed))) == best


def test_in_a_chain_of_overlaps_somebody_gets_both_ends():
    offers = [Offer(key, hours(key, length=2), 5) for key in range(3)]

    assert allocate(offers, [police(1, 0, 1, 2)], seed="s") == [Given(1, 0, 1), Given(1, 2, 3)]


def test_a_side_sits_on_its_own_seats_so_that_others_find_the_common_ones():
    for seed in "abcdefgh":
        shared = offer(1, total=2, kept={"law_enforcement": 1})
        placed = allocate([shared], [police(1, 1), Wisher(2, "judiciary", (1,))], seed=seed)

        assert {one.wisher for one in placed} == {1, 2}


def test_seats_lowered_under_the_bookings_give_none():
    assert allocate([offer(1, total=2, taken=Counter({"law_enforcement": 5}))], [police(1, 1)], seed="s") == []


@pytest.mark.parametrize("slots", [1, 3])
def test_five_hundred_people_and_twelve_workshops_take_less_than_two_seconds(slots):
    chance = random.Random(slots)
    offers = [offer(key, key % slots, total=30) for key in range(12)]
    people = [police(key, *chance.sample(range(12), 3)) for key in range(500)]

    began = time.process_time()
    allocate(offers, people, seed="s")

    assert time.process_time() - began < 2
