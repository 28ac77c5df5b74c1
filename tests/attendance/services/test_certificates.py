"""Certificates come from recorded presence alone, and stand only while it is recorded."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry

from attendance.models import Certificate, CheckIn
from attendance.refusals import MeetingNotOver, NotPresent, OnlyThemselves
from attendance.services.certificates import find_valid, issue, revoke
from participants import services
from participants.errors import WrongState
from tests.factories import CertificateFactory, CheckInFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def maeve(past_meeting):
    return ParticipantFactory(meeting=past_meeting)


@pytest.fixture
def was_there(maeve):
    return CheckInFactory(participant=maeve)


def test_a_certificate_says_the_days_that_are_recorded(maeve, was_there):
    CheckInFactory(participant=maeve, half="pm")
    CheckInFactory(participant=maeve, day=dt.date(2017, 12, 14), half="pm")
    CheckInFactory(participant=maeve, day=dt.date(2017, 12, 13), status="absent")

    certificate = issue(participant=maeve, language="en", by=maeve.user)

    assert certificate.dates == [dt.date(2017, 12, 12), dt.date(2017, 12, 14)]


def test_asked_for_again_it_is_the_same(maeve, was_there):
    first = issue(participant=maeve, language="en", by=maeve.user)

    assert issue(participant=maeve, language="en", by=maeve.user) == first


def test_each_language_has_a_code_of_its_own(maeve, was_there):
    english, french = (issue(participant=maeve, language=language, by=maeve.user) for language in ("en", "fr"))

    assert (english.code != french.code, find_valid(english.code), find_valid(french.code)) == (True, english, french)


def test_nobody_has_one_while_the_meeting_runs(registration):
    CheckInFactory(participant=registration)

    with pytest.raises(MeetingNotOver):
        issue(participant=registration, language="en", by=registration.user)


@pytest.mark.parametrize("status", ["absent", "apologised", "substituted"])
def test_nobody_has_one_who_was_not_there(maeve, status):
    CheckInFactory(participant=maeve, status=status)

    with pytest.raises(NotPresent):
        issue(participant=maeve, language="en", by=maeve.user)


def test_a_seat_in_one_session_certifies_no_day(maeve):
    CheckInFactory(participant=maeve, session=SessionFactory(meeting=maeve.meeting))

    with pytest.raises(NotPresent):
        issue(participant=maeve, language="en", by=maeve.user)


def test_that_of_a_protected_person_nobody_else_makes(maeve, was_there, secretariat):
    maeve.is_protected = True
    maeve.save()

    with pytest.raises(OnlyThemselves):
        issue(participant=maeve, language="en", by=secretariat)

    assert issue(participant=maeve, language="en", by=maeve.user).participant == maeve


def test_it_is_valid_however_the_code_is_typed(maeve, was_there):
    certificate = issue(participant=maeve, language="en", by=maeve.user)

    assert find_valid(f" {certificate.shown_code.lower()} ") == certificate


def test_a_code_is_sixteen_letters_in_four_groups(maeve):
    certificate = CertificateFactory(participant=maeve)

    assert [len(group) for group in certificate.shown_code.split("-")] == [4, 4, 4, 4]


def test_taken_back_it_is_valid_no_more_and_the_next_has_another_code(maeve, was_there, secretariat):
    old = issue(participant=maeve, language="en", by=maeve.user)

    revoke(certificate=old, reason="The name was wrong.", by=secretariat)

    new = issue(participant=maeve, language="en", by=maeve.user)
    assert (find_valid(old.code), find_valid(new.code)) == (None, new)


def test_taken_back_it_says_by_whom_and_why_and_leaves_a_trace(maeve, was_there, secretariat):
    taken = revoke(certificate=issue(participant=maeve, language="en", by=maeve.user), reason="The name was wrong.", by=secretariat)

    taken.refresh_from_db()
    assert (taken.revoked_by, taken.reason, taken.standing_given([])) == (secretariat, "The name was wrong.", "taken_back")
    assert LogEntry.objects.get().object_id == str(maeve.pk)


def test_taking_it_back_again_changes_nothing(maeve, was_there, secretariat):
    taken = revoke(certificate=issue(participant=maeve, language="en", by=maeve.user), reason="The name was wrong.", by=secretariat)

    again = revoke(certificate=taken, reason="Another reason.", by=secretariat)

    assert (again.reason, LogEntry.objects.count()) == ("The name was wrong.", 1)


def test_the_reason_does_not_say_a_protected_name(was_there, maeve, secretariat):
    certificate = issue(participant=maeve, language="en", by=maeve.user)
    maeve.is_protected, maeve.family_name = True, "Canary"
    maeve.save()

    assert "Canary" not in revoke(certificate=certificate, reason="Canary asked for it.", by=secretariat).reason


def test_presence_corrected_it_is_valid_no_more(maeve, was_there):
    certificate = issue(participant=maeve, language="en", by=maeve.user)

    CheckIn.objects.filter(pk=was_there.pk).update(status="absent")

    assert find_valid(certificate.code) is None


def test_a_day_added_later_makes_a_new_one(maeve, was_there):
    old = issue(participant=maeve, language="en", by=maeve.user)
    CheckInFactory(participant=maeve, day=dt.date(2017, 12, 13))

    new = issue(participant=maeve, language="en", by=maeve.user)

    assert (new.dates, find_valid(old.code)) == ([dt.date(2017, 12, 12), dt.date(2017, 12, 13)], None)


def test_whoever_withdraws_has_none(maeve, was_there, secretariat):
    certificate = issue(participant=maeve, language="en", by=maeve.user)

    services.withdraw(participant=maeve, by=secretariat)

    assert find_valid(certificate.code) is None


def test_an_erased_person_leaves_no_word_about_their_certificate(maeve, was_there, secretariat):
    taken = revoke(certificate=issue(participant=maeve, language="en", by=maeve.user), reason="Lost in Lyon.", by=secretariat)

    services.erase_registration(participant=maeve)

    taken.refresh_from_db()
    assert taken.reason == "–"


def test_whoever_has_no_place_any_more_gets_none(maeve, was_there, secretariat):
    services.withdraw(participant=maeve, by=secretariat)

    with pytest.raises(WrongState):
        issue(participant=maeve, language="en", by=secretariat)


def test_an_erased_person_leaves_no_word_about_their_presence(maeve, secretariat):
    row = CheckInFactory(participant=maeve, by_hand=True, reason="Maeve came late.")

    services.erase_registration(participant=maeve)

    row.refresh_from_db()
    assert (row.reason, row.status, CheckIn.history.filter(id=row.pk).count()) == ("–", "present", 0)


def test_one_certificate_stands_for_each_language(maeve, was_there):
    for _ in range(3):
        issue(participant=maeve, language="fr", by=maeve.user)

    assert Certificate.objects.standing().count() == 1
