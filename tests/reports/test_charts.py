import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

from reports.charts import Bar, bar_chart, line_chart, nice_ceiling

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>&amp;'


def elements(chart, tag):
    return list(ET.fromstring(chart.svg).iter(f"{SVG}{tag}"))  # noqa: S314 - our own drawing


def words(chart, css_class):
    return [element.text for element in ET.fromstring(chart.svg).iter() if css_class in element.get("class", "").split()]  # noqa: S314


def test_bars_are_as_long_as_their_share_of_the_longest():
    chart = bar_chart([Bar("Police", 19), Bar("Customs", 11), Bar("Judges", 0)], title="By sector")

    bars = [bar.get("width") for bar in elements(chart, "rect") if bar.get("class") == "pg-bar"]

    assert bars == ["100%", "57.89%", "0%"]


def test_each_bar_is_named_and_numbered():
    chart = bar_chart([Bar("Police", 19), Bar("Customs", 11, note="4 more than last year")], title="By sector", unit="participants")

    assert words(chart, "pg-chart-label") == ["Police", "Customs"]
    assert words(chart, "pg-chart-value") == ["19", "11"]
    assert [title.text for title in elements(chart, "title")] == [
        "By sector",
        "Police: 19 participants",
        "Customs: 11 participants 4 more than last year",
    ]


def test_table_says_what_the_drawing_says():
    chart = bar_chart([Bar("Police", 19), Bar("Customs", 11)], title="By sector", unit="participants", heading="Sector")

    assert chart.headings == ("Sector", "Participants")
    assert chart.rows == (("Police", 19), ("Customs", 11))


def test_table_has_a_column_for_notes_when_a_bar_has_one():
    chart = bar_chart([Bar("Police", 19, note="first time"), Bar("Customs", 11)], title="By sector")

    assert chart.headings == ("Group", "Number", "Note")
    assert chart.rows == (("Police", 19, "first time"), ("Customs", 11, ""))


def test_bars_lead_to_their_lists():
    chart = bar_chart([Bar("Police", 19, url="/list/?sector=1&state=confirmed"), Bar("Customs", 11)], title="By sector")

    assert [link.get("href") for link in elements(chart, "a")] == ["/list/?sector=1&state=confirmed"]


def test_drawing_without_links_is_an_image_with_a_name():
    root = ET.fromstring(bar_chart([Bar("Police", 19)], title="By sector").svg)  # noqa: S314

    assert (root.get("role"), root.get("aria-label")) == ("img", "By sector")


def test_drawing_with_links_is_a_group_so_that_they_are_reached():
    root = ET.fromstring(bar_chart([Bar("Police", 19, url="/")], title="By sector").svg)  # noqa: S314

    assert (root.get("role"), root.get("aria-label")) == ("group", "By sector")


def test_hostile_words_stay_words():
    chart = bar_chart([Bar(HOSTILE, 1, url=f"/?q={HOSTILE}", note=HOSTILE)], title=HOSTILE)

    assert words(chart, "pg-chart-label") == [HOSTILE]
    assert [link.get("href") for link in elements(chart, "a")] == [f"/?q={HOSTILE}"]
    assert elements(chart, "script") == []
    assert "<script" not in chart.svg


@pytest.mark.parametrize("chart", [bar_chart([Bar("A", 1, series=7)], title="t"), line_chart([(dt.date(2026, 1, 1), 1)], title="t")])
def test_nothing_carries_an_inline_style(chart):
    root = ET.fromstring(chart.svg)  # noqa: S314

    assert [element.tag for element in root.iter() if "style" in element.attrib or element.tag == f"{SVG}style"] == []


def test_bar_takes_the_colour_of_its_series():
    chart = bar_chart([Bar("Confirmed", 3), Bar("Waiting", 1, series=2)], title="By status")

    assert [(row.get("class"), row.get("color")) for row in elements(chart, "g")] == [
        ("pg-series-1", "#0072b2"),
        ("pg-series-2", "#b35c00"),
    ]


@pytest.mark.parametrize("chart", [bar_chart([], title="By sector"), line_chart([], title="Registrations")])
def test_nothing_to_count_draws_nothing(chart):
    assert (chart.svg, chart.rows) == ("", ())


def test_line_runs_from_the_first_day_to_the_last():
    points = [(dt.date(2026, 9, 1), 0), (dt.date(2026, 9, 6), 5), (dt.date(2026, 9, 11), 10)]

    chart = line_chart(points, title="Registrations")

    assert [line.get("points") for line in elements(chart, "polyline")] == ["0,204 47.5,116 95,28"]


def test_line_ends_in_its_last_value():
    chart = line_chart([(dt.date(2026, 9, 1), 3), (dt.date(2026, 9, 11), 58)], title="Registrations", unit="people")

    assert words(chart, "pg-chart-value") == ["58"]
    assert chart.headings == ("Day", "People")
    assert chart.rows == (("1 September 2026", 3), ("11 September 2026", 58))


def test_line_names_its_first_and_last_day():
    points = [(dt.date(2026, 9, 1), 3), (dt.date(2026, 9, 11), 58)]

    assert words(line_chart(points, title="Registrations"), "pg-chart-note") == ["0", "30", "60", "1 September", "11 September 2026"]
    with override("fr"):
        assert words(line_chart(points, title="Inscriptions"), "pg-chart-note")[-2:] == ["1er septembre", "11 septembre 2026"]


def test_line_of_one_day_is_a_point():
    chart = line_chart([(dt.date(2026, 9, 1), 3)], title="Registrations")

    assert [(point.get("cx"), point.get("cy")) for point in elements(chart, "circle")] == [("0%", "72")]


@pytest.mark.parametrize(("value", "top"), [(0, 2), (1, 2), (3, 4), (7, 10), (10, 10), (11, 20), (58, 60), (61, 100), (1001, 2000)])
def test_scale_ends_on_a_round_number(value, top):
    assert nice_ceiling(value) == top


def test_large_numbers_are_written_as_the_reader_writes_them():
    with override("fr"):
        chart = bar_chart([Bar("Police", 1234)], title="Par secteur")

    assert words(chart, "pg-chart-value") == ["1\u202f234"]
