"""Putting two registrations of one person together."""

import re

import pytest
from django.test import Client

from correspondence.models import Message
from participants import errors, services
from participants.models import Consent, Merge, Needs, Note, Participant
from privacy.copies.owner import Owner
from privacy.services.people import person_of
from tests.factories import CorrespondentFactory, MeetingFactory, MessageFactory, ParticipantFactory
from tests.participants.acts import answers
from tests.participants.services.words import mails_to, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(capacity=5)


@pytest.fixture
def both(meeting):
    """A registration that stays, and another of the same person."""
    return ParticipantFactory(meeting=meeting, function="Inspector"), ParticipantFactory(meeting=meeting, function="Chief inspector")


def fresh(person):
    return Participant.objects.get(pk=person.pk)


def test_what_is_chosen_is_taken_over_and_the_other_gives_way(both, secretary):
    stays, goes = both

    services.merge(survivor=stays, other=goes, taken=["function"], by=secretary)

    assert (fresh(stays).function, state_of(stays)) == ("Chief inspector", "confirmed")
    assert (state_of(goes), fresh(goes).user, fresh(goes).state_reason) == ("withdrawn", None, "")
    assert list(Merge.objects.values_list("survivor", "other", "by", "taken")) == [(stays.pk, goes.pk, secretary.pk, ["function"])]
    assert mails_to(stays) == mails_to(goes) == []


def test_what_hangs_on_it_moves(both, secretary):
    stays, goes = both
    Needs.objects.create(participant=goes, diet="vegan")
    services.add_note(participant=goes, text="Rang.", by=secretary)
    Consent.objects.create(participant=goes, what="photographs", is_given=True, how="form")
    MessageFactory(reference=goes.reference)

    services.merge(survivor=stays, other=goes, by=secretary)

    assert Needs.objects.get().participant == Note.objects.get().participant == stays
    assert list(Consent.objects.filter(participant=goes)) == []
    assert Message.objects.get().reference == stays.reference


def test_its_history_stays(both, secretary):
    stays, goes = both
    before = goes.history.count()

    services.merge(survivor=stays, other=goes, by=secretary)

    assert goes.history.count() > before
    assert goes.history.first().history_change_reason == stays.history.first().history_change_reason == "merged"


def test_a_place_moves_and_none_is_lost_or_won(meeting, secretary):
    meeting.capacity = 1
    meeting.save()
    stays, goes = ParticipantFactory(meeting=meeting, waitlisted=True), ParticipantFactory(meeting=meeting)
    next_in_line = ParticipantFactory(meeting=meeting, waitlisted=True)

    services.merge(survivor=stays, other=goes, by=secretary)

    assert [state_of(one) for one in (stays, goes, next_in_line)] == ["confirmed", "withdrawn", "waitlisted"]


def test_a_place_held_twice_goes_to_the_next_in_line(meeting, both, secretary):
    meeting.capacity, meeting.offer_hours = 2, 0
    meeting.save()
    next_in_line = ParticipantFactory(meeting=meeting, waitlisted=True)

    services.merge(survivor=both[0], other=both[1], by=secretary)

    assert state_of(next_in_line) == "confirmed"


def test_the_account_of_the_chosen_address_stays_and_the_other_is_empty(both, secretary):
    stays, goes = both
    earlier = ParticipantFactory(user=stays.user, email=stays.email)
    address = goes.email

    services.merge(survivor=stays, other=goes, taken=["email"], by=secretary)

    goes.user.refresh_from_db()
    stays.user.refresh_from_db()
    assert (fresh(stays).email, fresh(stays).user, fresh(earlier).user) == (address, goes.user, goes.user)
    assert (goes.user.is_active, stays.user.is_active, list(Participant.objects.filter(user=stays.user))) == (True, True, [])


def code_in(mail):
    return re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}|[A-Z0-9]{6}", mail.body)[0]


def sign_in(email):
    """A browser in which the owner of the address typed the code from the mail."""
    browser = Client()
    browser.post("/accounts/login/code/", {"email": email})
    code = code_in(Message.objects.filter(kind="sign_in_code", to=email).latest("pk"))
    browser.post("/accounts/login/code/confirm/", {"code": code})
    return browser


@pytest.mark.parametrize(("speaks_for_a_country", "status"), [(False, 302), (True, 200)])
def test_what_was_open_under_the_other_address_is_closed_but_for_correspondents(both, secretary, speaks_for_a_country, status):
    stays, goes = both
    if speaks_for_a_country:
        CorrespondentFactory(user=goes.user)
    browser = sign_in(goes.email)

    services.merge(survivor=stays, other=goes, by=secretary)

    assert browser.get("/my/").status_code == status


@pytest.mark.parametrize("page", ["/my/", "/fr/my/"])
def test_whoever_signs_in_with_the_other_address_is_told_to_use_the_first_and_sees_nothing_of_it(both, secretary, page):
    stays, goes = both
    services.merge(survivor=stays, other=goes, by=secretary)

    shown = sign_in(goes.email).get(page)

    assert (shown.status_code, shown.context["is_elsewhere"], shown.context["cards"]) == (200, True, [])
    assert [text in shown.content.decode() for text in (stays.reference, stays.email)] == [False, False]


def test_the_link_in_an_earlier_mail_leads_to_that_page_too(both, secretary):
    stays, goes = both
    services.merge(survivor=stays, other=goes, by=secretary)

    answer = sign_in(goes.email).get(f"/my/{stays.meeting.slug}/")

    assert (answer.status_code, answer["Location"]) == (303, "/my/")


def test_the_survivor_is_told_nothing_of_the_kind(both, secretary):
    stays, goes = both
    services.merge(survivor=stays, other=goes, taken=["email"], by=secretary)

    shown = sign_in(goes.user.email).get("/my/")

    assert (shown.context["is_elsewhere"], [card for card, _sentence in shown.context["cards"]]) == (False, [stays])


def test_registering_again_with_the_other_address_makes_no_second_registration(both, secretary):
    stays, goes = both
    services.merge(survivor=stays, other=goes, by=secretary)

    services.submit_registration(meeting=stays.meeting, answers=answers(goes.email), needs={}, submission_key="again")

    assert list(Message.objects.values_list("kind", "to")) == [("registration_known", goes.email)]
    assert Participant.objects.filter(meeting=stays.meeting).count() == 2


def test_the_other_address_can_come_to_another_meeting(both, secretary, last_link):
    stays, goes = both
    services.merge(survivor=stays, other=goes, by=secretary)
    other = MeetingFactory(needs_approval=False)
    services.submit_registration(meeting=other, answers=answers(goes.email), needs={}, submission_key="other")

    Client().post(last_link())

    found = Participant.objects.get(meeting=other)
    assert (found.state, found.user) == ("confirmed", goes.user)
    assert sign_in(goes.email).get(f"/my/{other.slug}/").status_code == 200


def test_whoever_is_protected_once_stays_so(meeting, secretary):
    stays, goes = ParticipantFactory(meeting=meeting), ParticipantFactory(meeting=meeting, protected=True)

    services.merge(survivor=stays, other=goes, by=secretary)

    assert (fresh(stays).is_protected, fresh(stays).alias) == (True, "Expert K.")


def test_copy_and_erasure_follow_the_merge(both, secretary):
    stays, goes = both

    services.merge(survivor=stays, other=goes, by=secretary)

    assert set(Owner.of_account(stays.user).keys) == set(person_of(stays.user).keys) == {stays.pk, goes.pk}


def test_it_is_not_reopened(both, secretary):
    services.merge(survivor=both[0], other=both[1], by=secretary)

    with pytest.raises(errors.WrongState):
        services.reopen(participant=both[1], by=secretary)


def test_of_two_meetings_the_accounts_become_one(secretary):
    stays, goes = ParticipantFactory(), ParticipantFactory()

    services.merge(survivor=stays, other=goes, by=secretary)

    goes.user.refresh_from_db()
    assert (fresh(goes).user, state_of(goes), goes.user.is_active) == (stays.user, "confirmed", True)


def test_accounts_that_came_to_one_meeting_are_not_united(both, secretary):
    stays, goes = both
    elsewhere = ParticipantFactory(user=goes.user, email=goes.email)

    with pytest.raises(errors.CannotMerge):
        services.merge(survivor=stays, other=elsewhere, by=secretary)


def test_a_withdrawn_one_does_not_swallow_one_that_stands(meeting, secretary):
    stays, goes = ParticipantFactory(meeting=meeting, withdrawn=True), ParticipantFactory(meeting=meeting)

    with pytest.raises(errors.CannotMerge):
        services.merge(survivor=stays, other=goes, by=secretary)


def test_a_merge_that_would_oversell_is_refused(meeting, secretary):
    meeting.capacity = 1
    meeting.save()
    ParticipantFactory(meeting=meeting)
    stays = ParticipantFactory(meeting=meeting, category="secretariat")
    goes = ParticipantFactory(meeting=meeting, pending=True)

    with pytest.raises(errors.MeetingFull):
        services.merge(survivor=stays, other=goes, taken=["category", "country"], by=secretary)
