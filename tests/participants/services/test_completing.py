"""What a nominee does with the link: complete, accept, decline."""

import pytest

from correspondence.models import Message
from delegations import errors
from delegations.models import Nomination, NominationLink
from participants import errors as participants_errors
from participants import services
from participants.models import Consent, Participant, PersonalLink
from tests.factories import (
    CorrespondentFactory,
    CountryFactory,
    InvitationFactory,
    MeetingFactory,
    NominationFactory,
    ParticipantFactory,
    in_days,
)
from tests.participants.acts import answers
from tests.participants.services.words import mails_to, state_of, unconfirmed

pytestmark = pytest.mark.django_db


@pytest.fixture
def nomination(meeting):
    return NominationFactory(invitation=InvitationFactory(meeting=meeting, sent=True), email="aoife@garda.example")


def link_of(nomination, days=20):
    return NominationLink.issue(nomination, at=in_days(0), expires_at=in_days(days))


def complete(token, email="", **changes):
    return services.complete_nomination(token=token, answers=answers(email, **changes), needs={"diet": "vegan"})


def test_a_nominee_is_confirmed_without_approval(nomination):
    person = complete(link_of(nomination))

    assert nomination.invitation.meeting.needs_approval is True
    assert (person.state, person.email, person.nomination) == ("confirmed", "aoife@garda.example", nomination)
    assert person.user.email == "aoife@garda.example"
    assert mails_to(person) == ["confirmed"]
    assert person.needs.diet == "vegan"
    assert NominationLink.objects.get().used_at is not None


def test_a_forwarded_link_registers_the_address_it_was_mailed_to(nomination):
    CorrespondentFactory()

    person = complete(link_of(nomination), email="somebody.else@elsewhere.example", given_name="Some", family_name="Body")

    assert person.email == "aoife@garda.example"
    assert person.name == "Some Body"  # which the correspondent and the secretariat see beside the name that was put forward
    assert Message.objects.filter(to="somebody.else@elsewhere.example").count() == 0
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["nominee_news", "registration_confirmed"]


def test_a_second_click_changes_nothing(nomination):
    token = link_of(nomination)

    assert complete(token) == complete(token, given_name="Other")

    assert Participant.objects.get().given_name == "Maeve"
    assert mails_to(Participant.objects.get()) == ["confirmed"]


def test_when_the_meeting_is_full_a_nominee_waits_by_category():
    meeting = MeetingFactory(capacity=0)
    earlier = ParticipantFactory(meeting=meeting, waitlisted=True, category="private_sector")
    nomination = NominationFactory(invitation=InvitationFactory(meeting=meeting, sent=True))

    person = complete(link_of(nomination))

    assert person.state == "waitlisted"
    assert (person.place_in_line(), earlier.place_in_line()) == (1, 2)


def test_over_the_quota_the_secretariat_decides(nomination):
    NominationFactory.create_batch(2, invitation=nomination.invitation)  # more than were invited

    person = complete(link_of(nomination))

    assert person.state == "pending"
    assert mails_to(person) == ["received"]


def test_a_form_that_waits_for_its_proof_is_taken_over(nomination):
    person, token = unconfirmed(meeting=nomination.invitation.meeting, email="aoife@garda.example")

    done = complete(link_of(nomination))

    assert (done.pk, done.state) == (person.pk, "confirmed")
    assert PersonalLink.objects.get().revoked_at is not None
    with pytest.raises(participants_errors.LinkUnusable):
        services.confirm_address(token=token)


def test_what_a_nominee_agrees_to_is_noted_once(nomination):
    person = complete(link_of(nomination), may_be_photographed=True)

    assert sorted(Consent.objects.filter(participant=person, is_given=True).values_list("what", flat=True)) == [
        "entry",
        "name",
        "needs",
        "photographs",
    ]


def test_who_is_registered_already_completes_nothing(nomination):
    ParticipantFactory(meeting=nomination.invitation.meeting, email="aoife@garda.example")

    with pytest.raises(errors.RegisteredAlready):
        complete(link_of(nomination))


@pytest.mark.parametrize("state", ["pending", "withdrawn"])
def test_a_registration_accepted_by_its_owner_gets_its_place(nomination, state):
    person = ParticipantFactory(meeting=nomination.invitation.meeting, email="aoife@garda.example", is_protected=True, **{state: True})

    services.accept_nomination(token=link_of(nomination))

    assert state_of(person) == "confirmed"
    assert Participant.objects.get().nomination == nomination


@pytest.mark.parametrize(
    ("about", "error"),
    [({"country": "IT"}, errors.RegisteredElsewhere), ({"declined": True}, errors.DeclinedBefore), (None, errors.NominationOver)],
)
def test_a_registration_that_cannot_stand_on_the_nomination_says_so(nomination, about, error):
    if about is not None:
        about = {**about, **({"country": CountryFactory(code="IT")} if "country" in about else {})}
        ParticipantFactory(meeting=nomination.invitation.meeting, email="aoife@garda.example", **about)

    with pytest.raises(error):
        services.accept_nomination(token=link_of(nomination))


def test_nobody_stands_on_two_nominations(nomination):
    other = NominationFactory(
        invitation=InvitationFactory(meeting=nomination.invitation.meeting, country=CountryFactory(code="IT"), sent=True)
    )
    ParticipantFactory(meeting=nomination.invitation.meeting, email="aoife@garda.example", nomination=other)

    with pytest.raises(errors.RegisteredElsewhere):
        services.accept_nomination(token=link_of(nomination))


def test_a_no_frees_the_quota_and_ends_the_link(nomination):
    office = CorrespondentFactory()
    token = link_of(nomination)

    services.decline_nomination(token=token)

    assert Nomination.objects.get().state == "not_coming"
    assert list(Message.objects.values_list("kind", "to")) == [("nominee_news", office.user.email)]
    with pytest.raises(errors.LinkRevoked):
        services.find_nominee_link(token=token)


def test_who_completed_withdraws_instead_of_declining(nomination):
    token = link_of(nomination)
    complete(token)

    with pytest.raises(errors.CompletedAlready):
        services.decline_nomination(token=token)


@pytest.mark.parametrize("act", [services.complete_nomination, services.accept_nomination, services.decline_nomination])
def test_a_link_that_opens_nothing_does_nothing(nomination, act):
    given = {"answers": answers(""), "needs": {}} if act is services.complete_nomination else {}
    expired, replaced = link_of(nomination, days=-1), link_of(nomination)
    newest = link_of(nomination)

    for token, error in (("nonsense", errors.LinkUnusable), (replaced, errors.LinkReplaced)):
        with pytest.raises(error):
            act(token=token, **given)
    with pytest.raises(errors.LinkExpired):
        act(token=newest, at=in_days(21), **given)
    services.withdraw_nomination(nomination=nomination, by=None)
    with pytest.raises(errors.LinkRevoked):
        act(token=newest, **given)

    assert expired
    assert not Participant.objects.exists()


def test_a_nominee_whose_registration_was_merged_finds_the_one_that_stands(meeting, nomination, secretary):
    stays = ParticipantFactory(meeting=meeting, country=nomination.invitation.country)
    goes = ParticipantFactory(meeting=meeting, email=nomination.email)
    services.merge(survivor=stays, other=goes, by=secretary)

    person = services.accept_nomination(token=link_of(nomination))

    assert (person, person.nomination, state_of(goes)) == (stays, nomination, "withdrawn")
