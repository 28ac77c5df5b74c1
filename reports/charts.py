"""Charts drawn on the server as SVG, for pages, print and documents alike; each carries the rows of its table.

Horizontal measures are percentages of the width the chart is given, so that words keep their size from a phone to a
printed page. Colours are presentation attributes, which a style sheet overrides by class (``pg-series-1`` to
``pg-series-7``, ``pg-bar``, ``pg-line``), so that a drawing stands alone in a document and follows the dark on a page.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from meetings.dates import day
from meetings.languages import grouped

SERIES = ("#0072b2", "#b35c00", "#00795a", "#a8447f", "#4b5fc4", "#c23b22", "#6b7280")
TRACK, MUTED = "#dde3ec", "#4a5568"
BAR_ROW, BAR_TOP, BAR_THICKNESS = 44, 24, 10
LINE_HEIGHT, LINE_TOP, LINE_BOTTOM = 240, 28, 204


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts, how many, where its list is, and a word of comparison."""

    label: str
    value: int
    url: str = ""
    note: str = ""
    series: int = 1


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and the table that says the same; ``svg`` is empty when there is nothing to draw."""

    title: str
    svg: SafeString
    headings: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def bar_chart(bars: Sequence[Bar], *, title: str, unit: str = "", heading: str = "") -> Chart:
    """Draw one bar a line: the label and its number above, a link where the bar has one.

    ``unit`` names what is counted ("participants"), ``heading`` what the labels are ("Sector family").
    """
    top = max((bar.value for bar in bars), default=0)
    # Assistive technology does not look into an image, so a chart with links is a group.
    root = drawing(title, height=BAR_ROW * len(bars), role="group" if any(bar.url for bar in bars) else "img")
    for number, bar in enumerate(bars):
        draw_bar(root, bar, y=BAR_ROW * number, share=bar.value / top if top else 0, unit=unit)
    headings: tuple[str, ...] = (heading or _("Group"), unit.capitalize() or _("Number"))
    rows: tuple[tuple[str | int, ...], ...] = tuple((bar.label, bar.value) for bar in bars)
    if any(bar.note for bar in bars):
        headings = (*headings, _("Note"))
        rows = tuple((bar.label, bar.value, bar.note) for bar in bars)
    return Chart(title=title, svg=markup(root) if bars else SafeString(), headings=headings, rows=rows)


def draw_bar(root: ET.Element, bar: Bar, *, y: int, share: float, unit: str) -> None:
    """Add one bar with its words to the drawing."""
    parent = ET.SubElement(root, "a", {"href": bar.url}) if bar.url else root
    row = ET.SubElement(parent, "g", {"class": f"pg-series-{bar.series}", "color": SERIES[bar.series - 1]})
    ET.SubElement(row, "title").text = " ".join(part for part in (bar.label + _(":"), grouped(bar.value), unit, bar.note) if part)
    words = ET.SubElement(row, "text", {"x": "0", "y": str(y + 16)})
    write(words, bar.label, {"class": "pg-chart-label"})
    write(words, grouped(bar.value), {"class": "pg-chart-value", "dx": "8", "font-weight": "700"})
    if bar.note:
        write(words, bar.note, {"class": "pg-chart-note", "dx": "8", "fill": MUTED})
    shape = {"x": "0", "y": str(y + BAR_TOP), "height": str(BAR_THICKNESS), "rx": "2"}
    ET.SubElement(row, "rect", {**shape, "width": "100%", "fill": TRACK, "class": "pg-track"})
    ET.SubElement(row, "rect", {**shape, "width": percent(share), "fill": "currentColor", "class": "pg-bar"})


def line_chart(points: Sequence[tuple[dt.date, int]], *, title: str, unit: str = "") -> Chart:
    """Draw a number over time, from zero, with the last value written at the end of the line."""
    root = drawing(title, height=LINE_HEIGHT, role="img")
    if points:
        top = nice_ceiling(max(value for _day, value in points))
        draw_scale(root, top)
        draw_line(root, points, top)
        draw_days(root, points)
    headings = (_("Day"), unit.capitalize() or _("Number"))
    rows = tuple((day(when), value) for when, value in points)
    return Chart(title=title, svg=markup(root) if points else SafeString(), headings=headings, rows=rows)


def draw_scale(root: ET.Element, top: int) -> None:
    """Add three grid lines, each with its number above its left end."""
    for value in (0, top // 2, top) if top % 2 == 0 else (0, top):
        y = height_of(value, top)
        ET.SubElement(root, "line", {"x1": "0", "x2": "100%", "y1": number(y), "y2": number(y), "stroke": TRACK, "class": "pg-grid"})
        write(root, grouped(value), {"x": "0", "y": number(y - 4), "class": "pg-chart-note", "fill": MUTED}, tag="text")


def draw_line(root: ET.Element, points: Sequence[tuple[dt.date, int]], top: int) -> None:
    """Add the line, stretched to the width without stretching its stroke, and the last value at its end."""
    first, last = points[0][0], points[-1][0]
    span = max((last - first).days, 1)
    corners = [(95 * (when - first).days / span, height_of(value, top)) for when, value in points]
    series = ET.SubElement(root, "g", {"class": "pg-series-1", "color": SERIES[0]})
    stretched = {"width": "100%", "height": str(LINE_HEIGHT), "viewBox": f"0 0 100 {LINE_HEIGHT}", "preserveAspectRatio": "none"}
    ET.SubElement(
        ET.SubElement(series, "svg", stretched),
        "polyline",
        {
            "points": " ".join(f"{number(x)},{number(y)}" for x, y in corners),
            "fill": "none",
            "stroke": "currentColor",
            "stroke-width": "2.5",
            "stroke-linejoin": "round",
            "vector-effect": "non-scaling-stroke",
            "class": "pg-line",
        },
    )
    x, y = corners[-1]
    ET.SubElement(series, "circle", {"cx": f"{number(x)}%", "cy": number(y), "r": "4", "fill": "currentColor", "class": "pg-dot"})
    anchor = "middle" if x else "start"
    place = {"x": f"{number(x)}%", "y": number(y - 10), "text-anchor": anchor, "font-weight": "700", "class": "pg-chart-value"}
    write(root, grouped(points[-1][1]), place, tag="text")


def draw_days(root: ET.Element, points: Sequence[tuple[dt.date, int]]) -> None:
    """Write the first day at the left end of the axis and the last at its right."""
    first, last = points[0][0], points[-1][0]
    place = {"y": str(LINE_BOTTOM + 24), "class": "pg-chart-note", "fill": MUTED}
    write(root, day(first, year=first.year != last.year), {**place, "x": "0"}, tag="text")
    if last != first:
        write(root, day(last), {**place, "x": "100%", "text-anchor": "end"}, tag="text")


def drawing(title: str, *, height: int, role: str) -> ET.Element:
    """An empty drawing as wide as its place, with its name for those who cannot see it."""
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": role,
            "aria-label": title,
            "width": "100%",
            "height": str(height),
            "font-size": "15",
            "fill": "currentColor",
        },
    )
    ET.SubElement(root, "title").text = title
    return root


def write(parent: ET.Element, words: str, attributes: dict[str, str], *, tag: str = "tspan") -> None:
    """Add words; the tree escapes them when it is written out."""
    ET.SubElement(parent, tag, attributes).text = words


def markup(root: ET.Element) -> SafeString:
    """Write the tree out; every text and attribute in it is escaped by the XML writer."""
    return mark_safe(ET.tostring(root, encoding="unicode"))


def height_of(value: int, top: int) -> float:
    """Where a value lies between the bottom and the top line."""
    return LINE_BOTTOM - (LINE_BOTTOM - LINE_TOP) * value / top


def nice_ceiling(value: int) -> int:
    """The next round number at or above ``value``: 2, 4, 6, 10, 20, 40, 60, 100 and so on."""
    if value <= 2:
        return 2
    unit = 10 ** math.floor(math.log10(value))
    return next(round_number for factor in (1, 2, 4, 6, 10) if (round_number := factor * unit) >= value)


def percent(share: float) -> str:
    """A share of the width, as an SVG measure."""
    return f"{number(100 * share)}%"


def number(value: float) -> str:
    """A measure with at most two decimals and no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
