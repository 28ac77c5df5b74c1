"""The table of `make bench` says what was measured, in the right direction."""

from bench.table import Measure, at_least, at_most, ratio_at_most, table


def test_a_rate_below_its_floor_is_so_many_times_slower():
    assert Measure("page", 500, "/s", floor=2000).ratio == 4


def test_a_time_above_its_floor_is_so_many_times_longer():
    assert Measure("file", 6, "s", floor=1.5).ratio == 4


def test_a_measure_without_floor_has_no_ratio_and_misses_an_aim_at_one():
    measure = Measure("file", 6, "s", met=ratio_at_most(10))

    assert (measure.ratio, measure.cells()[-1]) == (None, "NOT MET")


def test_the_table_says_what_was_met():
    measures = [
        Measure("page", 512.4, "/s", 2000, "(livez)", "500 a second", at_least(500)),
        Measure("list", 250, "ms", aim="under 200 ms", met=at_most(200)),
        Measure("statements", 33, ""),
    ]

    assert table(measures).splitlines() == [
        "| measure    | value  | floor            | times floor | aim          |         |",
        "|------------|--------|------------------|-------------|--------------|---------|",
        "| page       | 512 /s | 2,000 /s (livez) | 3.9         | 500 a second | met     |",
        "| list       | 250 ms |                  |             | under 200 ms | NOT MET |",
        "| statements | 33     |                  |             |              |         |",
    ]
