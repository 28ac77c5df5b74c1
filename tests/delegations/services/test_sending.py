"""Sending: who gets a mail, what it says, and who is named as unreachable."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.tokens import hash_of
from correspondence.models import Message
from delegations import errors, services
from delegations.models import InvitationLink
from tests.delegations.services.words import again, mails_about, told
from tests.factories import BodyFactory, CorrespondentFactory, CountryFactory, InvitationFactory, MeetingFactory, UserFactory

pytestmark = pytest.mark.django_db


def send(invitation, by=None, **more):
    return services.send_invitation(invitation=invitation, by=by, **more)


def test_every_correspondent_of_the_country_gets_one_mail(secretary, correspondent):
    CorrespondentFactory(user__email="deputy@ministry.example")
    CorrespondentFactory(user__email="bonn@ministry.example", country=CountryFactory(code="DE"))
    invitation = InvitationFactory()

    send(invitation, secretary)

    assert mails_about(invitation) == [("invitation", "deputy@ministry.example"), ("invitation", "pc@ministry.example")]
    assert again(invitation).state == "sent"
    assert again(invitation).sent_by == secretary
    assert told(invitation.history)[-1] == ("sent", secretary)


def test_the_mail_is_in_the_readers_language_and_says_places_and_deadline():
    CorrespondentFactory(user=UserFactory(name="Nora Kinsella", language="fr"))
    meeting = MeetingFactory(year=2031, starts_on=dt.date(2031, 11, 24))
    invitation = InvitationFactory(meeting=meeting, number=7, quota=3, reimbursed_quota=1, deadline=dt.date(2031, 9, 1))

    send(invitation)

    mail = Message.objects.get(kind="invitation")
    assert mail.subject == "Invitation à désigner des experts\u202f: Réunion annuelle sur la cybercriminalité liée aux drogues"
    assert "Bonjour Nora Kinsella,\n" in mail.body
    assert "Délégation invitée\u202f: Irlande, 3 places, dont 1 remboursée.\n" in mail.body
    assert "au plus tard le 1er septembre 2031." in mail.body
    assert "\nhttp" in mail.body
    assert "/fr/invitations/" in mail.body


@pytest.mark.parametrize(
    ("quota", "paid", "words"),
    [
        (1, 0, "1 place, at your own cost"),
        (1, 1, "1 place, reimbursed"),
        (2, 2, "2 places, all reimbursed"),
        (3, 1, "3 places, 1 of them reimbursed"),
        (3, 2, "3 places, 2 of them reimbursed"),
    ],
)
def test_how_places_are_told(correspondent, quota, paid, words):
    send(InvitationFactory(quota=quota, reimbursed_quota=paid))

    assert f"Delegation invited: Ireland, {words}.\n" in Message.objects.get().body


def test_the_token_is_in_the_mail_and_only_its_hash_in_the_database(correspondent):
    invitation = InvitationFactory()

    send(invitation)

    mail, link = Message.objects.get(), InvitationLink.objects.get()
    token = mail.body.split("/invitations/")[1].split("/")[0]
    assert (link.token_hash, link.user, link.email) == (hash_of(token), correspondent, "pc@ministry.example")
    assert len(token) >= 43
    assert mail.is_secret


def test_an_organisation_is_written_to_at_its_contact():
    body = BodyFactory(contact_name="Front office", contact_email="office@ieo.example", contact_language="fr")
    invitation = InvitationFactory(to_body=True, body=body)

    send(invitation)

    mail = Message.objects.get()
    assert (mail.kind, mail.to, mail.language) == ("invitation", "office@ieo.example", "fr")


def test_a_person_gets_the_words_for_a_person():
    invitation = InvitationFactory(to_person=True, family_name="Marchetti", language="fr")

    send(invitation)

    mail = Message.objects.get()
    assert (mail.kind, mail.to, mail.language) == ("invitation_person", "marchetti@coinexchange.example", "fr")
    assert mail.body.startswith("Bonjour Odile Marchetti,\n")


def test_a_person_who_asked_not_to_be_named_is_not_named_in_the_mail():
    invitation = InvitationFactory(to_person=True, family_name="Marchetti", hides_name=True)

    send(invitation)

    mail = Message.objects.get()
    assert mail.hides_address
    assert mail.body.startswith("Dear Sir or Madam,\n")
    assert "Marchetti" not in mail.body


@pytest.mark.parametrize("traits", [{}, {"to_body": True}])
def test_nobody_to_write_to_is_an_error_and_nothing_is_sent(traits):
    invitation = InvitationFactory(**traits)

    with pytest.raises(errors.NobodyToWriteTo):
        send(invitation)

    assert (again(invitation).state, mails_about(invitation)) == ("draft", [])


@pytest.mark.parametrize(
    "office", [{"ends_on": dt.date(2020, 1, 1)}, {"starts_on": dt.date(2100, 1, 1)}, {"user__is_active": False}], ids=str
)
def test_who_is_not_in_office_is_not_written_to(office):
    CorrespondentFactory(**office)

    with pytest.raises(errors.NobodyToWriteTo):
        send(InvitationFactory())


@pytest.mark.parametrize("traits", [{"sent": True}, {"withdrawn": True}])
def test_only_a_draft_is_sent(correspondent, traits):
    invitation = InvitationFactory(**traits)

    with pytest.raises(errors.WrongState):
        send(invitation)

    assert mails_about(invitation) == []


def test_an_invitation_whose_deadline_is_over_is_not_sent(correspondent):
    invitation = InvitationFactory(deadline=timezone.localdate() - dt.timedelta(days=2))

    with pytest.raises(errors.DeadlineInPast):
        send(invitation)


def test_a_mail_that_cannot_be_written_leaves_a_draft(correspondent, monkeypatch):
    invitation = InvitationFactory()
    monkeypatch.setattr("delegations.mails.outbox.put", lambda **message: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        send(invitation)

    assert again(invitation).state == "draft"
    assert not InvitationLink.objects.exists()


def test_the_plan_names_everybody(correspondent, django_assert_num_queries):
    meeting = MeetingFactory()
    ready = InvitationFactory(meeting=meeting)
    nobody = [InvitationFactory(meeting=meeting, country=CountryFactory(code=code)) for code in ("DE", "FR", "IT")]
    sent = InvitationFactory(meeting=meeting, to_person=True, sent=True)
    CorrespondentFactory(user__email="deputy@ministry.example")

    with django_assert_num_queries(1):
        plan = services.plan(services.against_sending, [ready, *nobody, sent])

    assert [invitation for invitation, _ in plan.ready] == [ready]
    assert plan.refused == {"There is nobody to write to.": nobody, "Not possible in the present status.": [sent]}
    assert plan.mails == 2


def test_an_organisation_with_correspondents_is_written_to_through_them():
    body = BodyFactory(contact_email="office@ieo.example")
    speaker = CorrespondentFactory(of_body=True, body=body, user__email="pc@ieo.example").user
    CorrespondentFactory(of_body=True, body__code="other", user__email="pc@other.example")
    invitation = InvitationFactory(to_body=True, body=body)

    send(invitation)

    assert mails_about(invitation) == [("invitation", "pc@ieo.example")]
    assert InvitationLink.objects.get().user == speaker


@pytest.mark.parametrize("traits", [{}, {"of_body": True}])
def test_a_correspondent_reads_where_names_are_put_forward_and_how_to_sign_in(traits, settings):
    settings.BASE_URL = "https://meetings.example"
    office = CorrespondentFactory(user__email="pc@ministry.example", **traits)
    invitation = InvitationFactory(to_body=bool(traits), **({"body": office.body} if traits else {}))

    send(invitation)

    page = f"https://meetings.example/delegation/{invitation.meeting.slug}/?{invitation.delegation_query}"
    body = Message.objects.get().body
    assert f"\nPut your experts forward:\n{page}\n" in body
    assert "enter your address pc@ministry.example. A code comes by e-mail" in body


def test_who_has_no_account_is_told_to_send_the_names():
    body = BodyFactory(contact_email="office@ieo.example", contact_language="fr")

    send(InvitationFactory(to_body=True, body=body, meeting=MeetingFactory(contact_email="cyber@secretariat.example")))

    text = Message.objects.get().body
    assert "communiquez-nous leurs noms à l’adresse cyber@secretariat.example." in text
    assert "/delegation/" not in text
