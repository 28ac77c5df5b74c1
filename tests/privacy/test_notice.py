"""The privacy notice: made from the register, published as versions that stay what they were."""

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Unchangeable
from accounts.personal_data import DataClass
from privacy import notice, register
from privacy.checks import notice_says_what_is_done
from privacy.models import NoticeVersion, RetentionPeriod

YEAR = timezone.localdate().year


def keep_needs_for(days):
    period = RetentionPeriod.objects.get(data_class=DataClass.NEEDS)
    period.days = days
    period.save()


@pytest.fixture
def second_version(db, secretariat):
    """The notice after the secretariat keeps needs for two weeks only."""
    keep_needs_for(14)
    return notice.publish(by=secretariat)


# --- what it says ---


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_says_everything_the_register_says(db, language):
    text = notice.written_in(language)
    said = {(entry.personal.data_class, entry.personal) for entry in register.entries()}

    assert text.count("<dt>") == len(said)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_says_what_it_must(db, language):
    """Controller, purposes, consents, recipients, data with their time, rights, complaint: one heading each."""
    assert notice.written_in(language).count("<h2 ") == 7


def test_every_class_of_data_has_its_place():
    assert sorted(notice.ORDER) == sorted(DataClass)


def test_it_says_why_on_what_basis_for_whom_and_for_how_long(db):
    lines = notice.lines_of(notice.written_in("en"))
    start = lines.index("What you need at table and to take part, if you tell us")

    assert lines[start - 2 : start + 4] == [
        "Dietary and accessibility needs",
        "How long: 30 days after the last day of the meeting.",
        "What you need at table and to take part, if you tell us",
        "We keep this to give you food you can eat and a meeting you can take part in.",
        "Basis: your consent, which you can withdraw.",
        "Seen by: you, the secretariat, the administrator of the system.",
    ]


def test_the_french_one_is_french(db):
    assert "We keep" not in notice.written_in("fr")
    assert "Nous les conservons pour vous écrire dans votre langue." in notice.lines_of(notice.written_in("fr"))


def test_what_comes_from_settings_is_escaped(db, settings):
    settings.ORGANISER_EN = "<script>alert(1)</script>"

    assert "<script" not in notice.written_in("en")


def test_it_holds_no_markup_that_the_security_policy_forbids(db):
    assert re.findall(r"\s(?:style|on\w+)=", "".join(notice.generated())) == []


def test_every_heading_is_in_the_contents(db):
    text = notice.written_in("en")

    assert re.findall(r'<h[23] id="([^"]+)"', text) == re.findall(r'<a href="#([^"]+)"', text)
    assert '<li><a href="#en-1">Who is responsible</a></li>' in text


def test_the_rights_lead_to_the_pages_where_one_uses_them(db):
    assert re.findall(r'<a href="(/[^"]+)">', notice.written_in("en")) == ["/my/data/", "/my/erasure/"]
    assert re.findall(r'<a href="(/[^"]+)">', notice.written_in("fr")) == ["/fr/my/data/", "/fr/my/erasure/"]


# --- versions ---


def test_a_new_installation_has_a_version_from_the_start(db):
    assert [(version.digest, version.published_by) for version in NoticeVersion.objects.all()] == [(notice.generated().digest, None)]


def test_nobody_publishes_the_same_twice(db, secretariat):
    with pytest.raises(notice.NothingChangedError):
        notice.publish(by=secretariat)


@pytest.mark.parametrize(
    "change",
    [
        lambda monkeypatch, settings: keep_needs_for(14),
        lambda monkeypatch, settings: setattr(settings, "ORGANISER_EN", "Somebody else"),
        lambda monkeypatch, settings: setattr(settings, "CONTACT_EMAIL", "other@secretariat.example"),
        lambda monkeypatch, settings: monkeypatch.setitem(register.said()[0], "accounts.tally", {}),
    ],
    ids=["a number", "the controller", "the address", "the register"],
)
def test_it_is_outdated_once_anything_in_it_changes(db, monkeypatch, settings, change):
    before = notice.is_outdated()
    change(monkeypatch, settings)

    assert (before, notice.is_outdated()) == (False, True)


def test_the_next_version_carries_the_next_number(second_version, secretariat):
    assert (second_version.version, second_version.published_by) == (f"{YEAR}-2", secretariat)
    assert notice.version_in_force() == f"{YEAR}-2"
    assert not notice.is_outdated()


def test_numbers_begin_anew_with_each_year(db, secretariat):
    keep_needs_for(14)

    assert notice.publish(by=secretariat, at=dt.datetime(YEAR + 1, 3, 1, tzinfo=dt.UTC)).version == f"{YEAR + 1}-1"


def test_numbers_are_counted_and_not_spelled(db):
    NoticeVersion.objects.create(version=f"{YEAR}-11", text_en="", text_fr="", digest="")

    assert notice.next_number(YEAR) == f"{YEAR}-12"


def test_a_version_is_never_changed(second_version):
    second_version.text_en = "Something else"

    with pytest.raises(Unchangeable):
        second_version.save()
    with pytest.raises(Unchangeable):
        NoticeVersion.objects.update(text_en="Something else")
    with pytest.raises(Unchangeable):
        second_version.delete()


def test_changes_name_what_went_and_what_came(db):
    old = notice.written_in("en")
    keep_needs_for(14)

    assert notice.changes(old, notice.written_in("en")) == [
        ("-", "How long: 30 days after the last day of the meeting."),
        ("+", "How long: 14 days after the last day of the meeting."),
    ]


def test_the_system_check_says_so(db):
    before = notice_says_what_is_done(databases=["default"])
    keep_needs_for(14)

    assert (before, [problem.id for problem in notice_says_what_is_done(databases=["default"])]) == ([], ["privacy.W001"])


def test_the_system_check_leaves_the_database_alone_where_none_is_asked_for():
    assert notice_says_what_is_done(databases=None) == []


# --- the command ---


def test_the_command_publishes_what_is_new(db, capsys):
    keep_needs_for(14)

    call_command("publish_notice")

    assert capsys.readouterr().out.splitlines() == [
        "en - How long: 30 days after the last day of the meeting.",
        "en + How long: 14 days after the last day of the meeting.",
        "fr - Durée\u202f: 30 jours après le dernier jour de la réunion.",
        "fr + Durée\u202f: 14 jours après le dernier jour de la réunion.",
        f"Version {YEAR}-2 is in force.",
    ]


def test_a_dry_run_publishes_nothing(db, capsys):
    keep_needs_for(14)

    call_command("publish_notice", dry_run=True)

    assert len(capsys.readouterr().out.splitlines()) == 4
    assert notice.version_in_force() == f"{YEAR}-1"


def test_the_command_says_when_there_is_nothing_to_publish(db, capsys):
    call_command("publish_notice")

    assert capsys.readouterr().out == f"Version {YEAR}-1 is in force and says the same.\n"
