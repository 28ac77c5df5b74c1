"""What people agree to is written down with the answer that says so, and taken back at any time."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Unchangeable
from participants import errors, notice, services
from participants.models import Consent, Needs, Participant
from participants.services import lists
from tests.factories import MeetingFactory, ParticipantFactory, SectorFactory, in_days

What, How = Consent.What, Consent.How


def log(participant):
    """The log of somebody, oldest first: what, whether agreed, how."""
    return [(row.what, row.is_given, row.how) for row in Consent.objects.filter(participant=participant).order_by("pk")]


def noted(participant):
    """Somebody whose answers are in the log already."""
    services.note_consents(participant, how=How.FORM, by=None, at=timezone.now())
    return participant


@pytest.fixture
def maeve(registration):
    """Maeve is on the list with her name, may be photographed and eats vegan."""
    Needs.objects.create(participant=registration, diet=Needs.Diet.VEGAN)
    registration.may_be_photographed, registration.privacy_notice = True, notice.version_in_force()
    registration.save()
    return noted(registration)


def answers(**changes):
    return {
        "family_name": "Canary",
        "email": "aoife@garda.example",
        "category": "academia",
        "sector_id": SectorFactory(code="academia").pk,
        "visibility": "function",
        "privacy_notice": "2026-7",
    } | changes


def test_a_form_writes_what_it_agrees_to_and_nothing_else(meeting):
    services.submit_registration(meeting=meeting, answers=answers(), needs={"diet": "vegan"}, submission_key="k")

    participant = Participant.objects.get()
    assert log(participant) == [("notice", True, "form"), ("entry", True, "form"), ("needs", True, "form")]
    assert {(row.notice, row.by, row.at) for row in Consent.objects.all()} == {("2026-7", None, participant.created_at)}


def test_a_changed_form_from_the_same_address_writes_what_is_different(meeting):
    services.submit_registration(meeting=meeting, answers=answers(), needs={}, submission_key="k")
    services.submit_registration(meeting=meeting, answers=answers(visibility="hidden"), needs={}, submission_key="l")

    assert log(Participant.objects.get()) == [("notice", True, "form"), ("entry", True, "form"), ("entry", False, "form")]


def test_another_version_of_the_notice_is_read_anew(meeting):
    services.submit_registration(meeting=meeting, answers=answers(), needs={}, submission_key="k")
    services.submit_registration(meeting=meeting, answers=answers(privacy_notice="2026-8"), needs={}, submission_key="l")

    assert list(Consent.objects.filter(what=What.NOTICE).order_by("pk").values_list("notice", flat=True)) == ["2026-7", "2026-8"]


def test_a_form_for_a_known_address_leaves_no_consent_behind(meeting, maeve):
    before = log(maeve)

    services.submit_registration(meeting=meeting, answers=answers(email=maeve.email), needs={"diet": "halal"}, submission_key="k")

    assert (log(maeve), Consent.objects.exclude(participant=maeve).exists()) == (before, False)


def test_an_answer_corrected_by_oneself_is_written_down(maeve):
    services.correct_answers(participant=maeve, answers={"may_be_photographed": False}, needs={"diet": "halal"}, by=maeve.user)

    row = Consent.objects.latest(maeve)[What.PHOTOGRAPHS]
    assert (row.is_given, row.how, row.by) == (False, "own_page", maeve.user)


def test_an_answer_that_is_no_consent_changes_none(maeve):
    before = log(maeve)

    services.correct_answers(participant=maeve, answers={"function": "Superintendent"}, needs={"diet": "halal"}, by=maeve.user)

    assert log(maeve) == before


def test_what_the_secretariat_corrects_is_written_as_theirs(maeve, secretariat):
    services.correct_by_hand(participant=maeve, changes={"visibility": "hidden"}, by=secretariat)

    assert log(maeve)[-2:] == [("entry", False, "office"), ("name", False, "office")]


def test_somebody_entered_by_hand_agrees_to_what_was_entered(meeting, secretariat):
    entered = ParticipantFactory.build(meeting=meeting, sector=SectorFactory(), user=None, email="", visibility="hidden", country=None)
    entered.category = "academia"

    services.register_by_hand(participant=entered, by=secretariat)

    assert log(entered) == []


def test_needs_that_the_secretariat_was_told_are_agreed_to_by_telling(registration, secretariat):
    noted(registration)

    services.correct_needs_by_hand(participant=registration, needs={"diet": "vegan"}, by=secretariat)

    assert log(registration)[-1] == ("needs", True, "office")


def listed(meeting, secretariat, newcomers=(), corrections=()):
    lists.write_list(
        meeting=meeting, newcomers=newcomers, corrections=corrections, new_state="pending", by=secretariat, reason="", at=timezone.now()
    )


def test_a_list_says_what_people_agreed_to_or_nothing(meeting, secretariat):
    said = {"family_name": "Said", "category": "academia", "sector_id": SectorFactory(code="academia").pk, "visibility": "full"}
    silent = {"family_name": "Silent", "category": "academia", "sector_id": SectorFactory(code="academia").pk}

    listed(meeting, secretariat, newcomers=[said, silent])

    by_name = {person.family_name: log(person) for person in Participant.objects.all()}
    assert by_name == {"Said": [("entry", True, "import"), ("name", True, "import")], "Silent": []}


def test_a_correction_from_a_list_is_written_down(maeve, secretariat):
    correction = lists.Correction(maeve, {"may_be_photographed": False})

    listed(maeve.meeting, secretariat, corrections=[correction])

    assert log(maeve)[-1] == ("photographs", False, "import")


@pytest.mark.parametrize(
    ("what", "rows"),
    [
        ("photographs", [("photographs", False, "own_page")]),
        ("needs", [("needs", False, "own_page")]),
        ("name", [("name", False, "own_page")]),
        ("entry", [("entry", False, "own_page"), ("name", False, "own_page")]),
    ],
)
def test_a_consent_is_taken_back_and_both_rows_stay(maeve, what, rows):
    before = log(maeve)

    services.withdraw_consent(participant=maeve, what=what, by=maeve.user)

    assert log(maeve) == [*before, *rows]


def test_what_was_kept_because_of_it_goes_at_once(maeve):
    for what in ("photographs", "needs", "name"):
        services.withdraw_consent(participant=maeve, what=what, by=maeve.user)

    maeve.refresh_from_db()
    assert (maeve.may_be_photographed, maeve.visibility, Needs.objects.exists()) == (False, "function", False)


def test_who_takes_back_the_entry_is_on_no_list_any_more(maeve):
    services.withdraw_consent(participant=maeve, what="entry", by=maeve.user)

    maeve.refresh_from_db()
    assert maeve.visibility == "hidden"


def test_it_is_taken_back_after_the_freeze_date_too(maeve):
    maeve.meeting.frozen_on = in_days(-3).date()
    maeve.meeting.save()

    services.withdraw_consent(participant=maeve, what="photographs", by=maeve.user)

    maeve.refresh_from_db()
    assert maeve.may_be_photographed is False


def test_twice_changes_nothing_more(maeve):
    services.withdraw_consent(participant=maeve, what="needs", by=maeve.user)
    once = log(maeve)

    services.withdraw_consent(participant=maeve, what="needs", by=maeve.user)

    assert log(maeve) == once


def test_the_secretariat_takes_back_on_request(maeve, secretariat):
    services.withdraw_consent(participant=maeve, what="photographs", by=secretariat)

    assert log(maeve)[-1] == ("photographs", False, "office")


@pytest.mark.parametrize("what", ["notice", "nonsense", ""])
def test_what_cannot_be_taken_back_is_refused(maeve, what):
    with pytest.raises(errors.WrongState):
        services.withdraw_consent(participant=maeve, what=what, by=maeve.user)


def test_a_form_whose_address_is_not_proven_is_not_changed(meeting, secretariat):
    unconfirmed = ParticipantFactory(meeting=meeting, unconfirmed=True)

    with pytest.raises(errors.WrongState):
        services.withdraw_consent(participant=unconfirmed, what="entry", by=secretariat)


def test_a_row_of_the_log_is_never_changed(maeve):
    row = Consent.objects.first()

    with pytest.raises(Unchangeable):
        row.save()
    with pytest.raises(Unchangeable):
        row.delete()
    with pytest.raises(Unchangeable):
        Consent.objects.update(is_given=False)


def test_the_log_leaves_with_the_person(maeve):
    services.erase_registration(participant=maeve)

    assert not Consent.objects.exists()


def test_the_log_of_a_form_never_confirmed_leaves_with_it(meeting):
    long_ago = timezone.now() - dt.timedelta(days=8)
    services.submit_registration(meeting=meeting, answers=answers(), needs={}, submission_key="k", at=long_ago)

    services.delete_stale_unconfirmed()

    assert not Consent.objects.exists()


def test_nobody_is_mixed_up(maeve):
    other = noted(ParticipantFactory(meeting=MeetingFactory(), visibility="hidden"))

    services.withdraw_consent(participant=maeve, what="photographs", by=maeve.user)

    assert log(other) == []
