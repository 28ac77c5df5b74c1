import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from meetings.languages import Wording
from meetings.templatetags.bilingual import clock, day, grouped_number, marked, moment, paragraphs

NOON = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
DUBLIN = ZoneInfo("Europe/Dublin")


def test_text_in_the_language_of_the_page_is_not_marked():
    assert marked(Wording("Opening & welcome", "en")) == "Opening &amp; welcome"


def test_text_in_the_other_language_is_marked():
    with override("fr"):
        assert marked(Wording("Opening", "en")) == '<span lang="en">Opening</span>'


def test_longer_text_becomes_paragraphs_with_links():
    text = Wording("Hotels: https://hotels.example\n\nBadges <needed>.", "en")

    assert paragraphs(text) == (
        '<p>Hotels: <a href="https://hotels.example" rel="nofollow">https://hotels.example</a></p>\n\n<p>Badges &lt;needed&gt;.</p>'
    )


def test_longer_text_in_the_other_language_is_marked():
    with override("fr"):
        assert paragraphs(Wording("Badges.", "en")) == '<div lang="en"><p>Badges.</p></div>'


def test_days_and_times_are_written_on_the_clock_asked_for():
    assert day(NOON.date(), "weekday short") == "Wednesday 1 July"
    assert clock(NOON, DUBLIN) == "13:00"
    assert moment(NOON, DUBLIN) == "1 July 2026, 13:00"


def test_no_time_is_written_as_nothing():
    assert (day(None), clock(None), moment(None)) == ("", "", "")


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [
        ("en", 999, "999"),
        ("fr", 999, "999"),
        ("en", 1234, "1,234"),
        ("fr", 1234, "1\u202f234"),
        ("fr", 1234567, "1\u202f234\u202f567"),
        ("fr", "–", "–"),
    ],
)
def test_thousands_stand_apart(language, value, written):
    with override(language):
        assert grouped_number(value) == written
