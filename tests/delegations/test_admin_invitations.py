"""Invitations in the back office: list, form, steps that ask first, replies by telephone."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from accounts.models import Look, User
from correspondence.models import Message
from delegations.models import Correspondent, Invitation
from tests.delegations.services.words import again, mails_about
from tests.factories import (
    BodyFactory,
    CorrespondentFactory,
    CountryFactory,
    InvitationFactory,
    MeetingFactory,
    NominationFactory,
    UserFactory,
    in_days,
)
from tests.filled import filled

LIST = "/admin/delegations/invitation/"
SEND, REMIND, WITHDRAW, RENEW = (f"{LIST}step/{key}/" for key in ("send", "remind", "withdraw", "renew"))


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


@pytest.fixture
def correspondent(db):
    return CorrespondentFactory(user__email="pc@ministry.example", user__name="Nora Kinsella").user


def page_of(invitation):
    return f"{LIST}{invitation.pk}/change/"


def shown(browser, query):
    return [row.addressee for row in browser.get(f"{LIST}?{query}").context["cl"].result_list]


def words_of(response):
    return [str(message) for message in response.context["messages"]]


# --- list ---


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ireland", "International Example Organisation (IEO)", "Odile Marchetti"]),
        ("goes_to=country", ["Ireland"]),
        ("goes_to=body", ["International Example Organisation (IEO)"]),
        ("goes_to=person", ["Odile Marchetti"]),
        ("reply=silent", ["Ireland"]),
        ("reply=late", []),
        ("reply=regrets", ["Odile Marchetti"]),
        ("q=irelan", ["Ireland"]),
        ("q=odile+marchetti", ["Odile Marchetti"]),
        ("q=IEO", ["International Example Organisation (IEO)"]),
    ],
)
def test_the_list_finds_and_filters(office, meeting, query, names):
    InvitationFactory(meeting=meeting, sent=True, number=1)
    InvitationFactory(meeting=meeting, to_body=True, number=2)
    InvitationFactory(meeting=meeting, to_person=True, family_name="Marchetti", regrets=True, number=3)

    assert shown(office, query) == names


def test_somebody_who_is_not_to_be_named_is_not_found_by_name(office):
    hidden = InvitationFactory(to_person=True, family_name="Marchetti", hides_name=True)

    assert shown(office, "q=marchetti") == []
    assert shown(office, f"q={hidden.number}") == ["Named person"]
    for address in (page_of(hidden), f"{LIST}{hidden.pk}/history/", LIST):
        assert "Marchetti" not in office.get(address).content.decode()


# --- form ---


def test_a_draft_is_written_by_hand(office, meeting):
    values = {"meeting": meeting.pk, "country": CountryFactory().pk, "quota": "3", "reimbursed_quota": "1", "deadline": "2031-09-01"}

    office.post(f"{LIST}add/", filled(office.get(f"{LIST}add/"), "invitation_form", **values))

    invitation = Invitation.objects.get()
    assert (invitation.addressee, invitation.quota, invitation.deadline, invitation.state) == ("Ireland", 3, dt.date(2031, 9, 1), "draft")


@pytest.mark.parametrize(
    "addressee",
    [{}, {"family_name": "Marchetti", "email": "o@exchange.example", "country": "IE"}],
)
def test_one_addressee_is_asked_for(office, meeting, addressee):
    values = {"meeting": meeting.pk, "deadline": "2031-09-01", **addressee}
    if "country" in values:
        values["country"] = CountryFactory().pk

    response = office.post(f"{LIST}add/", filled(office.get(f"{LIST}add/"), "invitation_form", **values))

    assert response.context["adminform"].form.non_field_errors()[0] == (
        "Choose a country or an organisation, or name a person: one of the three."
    )
    assert not Invitation.objects.exists()


def test_a_second_one_to_the_same_country_is_told_so(office, meeting):
    InvitationFactory(meeting=meeting)
    values = {"meeting": meeting.pk, "country": CountryFactory().pk, "deadline": "2031-09-01"}

    response = office.post(f"{LIST}add/", filled(office.get(f"{LIST}add/"), "invitation_form", **values))

    assert "This country has an invitation to this meeting already." in response.content.decode()


def test_the_quota_is_raised_after_sending(office):
    invitation = InvitationFactory(sent=True)

    office.post(page_of(invitation), filled(office.get(page_of(invitation)), "invitation_form", quota="5"))

    assert (again(invitation).quota, again(invitation).country) == (5, invitation.country)


def test_a_quota_below_the_nominated_is_refused_in_words(office):
    first = NominationFactory()
    NominationFactory(invitation=first.invitation)
    address = page_of(first.invitation)

    typed = filled(office.get(address), "invitation_form", quota="1", reimbursed_quota="0", text_en="We look forward to it.")
    page = office.post(address, typed).context["adminform"].form

    assert page.non_field_errors() == ["Nothing was saved. More people have been nominated than that."]
    assert (page["quota"].value(), page["text_en"].value()) == ("1", "We look forward to it.")
    assert (again(first.invitation).quota, again(first.invitation).text_en) == (2, "")


@pytest.mark.parametrize(("traits", "may"), [({}, True), ({"sent": True}, False)])
def test_only_a_draft_is_deleted(office, traits, may):
    invitation = InvitationFactory(**traits)

    response = office.post(f"{LIST}{invitation.pk}/delete/", {"post": "yes"})

    assert response.status_code == (302 if may else 403)
    assert Invitation.objects.exists() is not may


def test_a_look_at_an_invitation_leaves_a_trace(office, secretariat):
    invitation = InvitationFactory(to_person=True)

    office.get(page_of(invitation))

    assert list(Look.objects.values_list("by", "what", "reference")) == [(secretariat.pk, "invitation", invitation.reference)]


def test_an_auditor_reads_and_sees_no_addresses(client_of, auditor, correspondent):
    page = client_of(auditor).get(page_of(InvitationFactory())).content.decode()

    assert "pc@ministry.example" not in page
    assert "<form method=" not in page.split('class="pg-standing"')[1].split("</section>")[0]


def test_the_letter_is_read_before_it_is_sent(office):
    response = office.get(f"{LIST}{InvitationFactory().pk}/letter.pdf")

    assert response.headers["Content-Type"] == "application/pdf"


# --- steps ---


def test_sending_asks_first_and_names_who_cannot_be_reached(office, meeting, correspondent):
    CorrespondentFactory(user__email="deputy@ministry.example")
    ready = InvitationFactory(meeting=meeting)
    nobody = [InvitationFactory(meeting=meeting, country=CountryFactory(code=code)) for code in ("DE", "FR", "IT")]

    response = office.get(f"{SEND}?meeting={meeting.pk}")

    assert [invitation for invitation, _ in response.context["plan"].ready] == [ready]
    assert response.context["refused"] == [("There is nobody to write to.", 3, "Germany, France, Italy")]
    assert response.context["form"].mails == 2
    assert {row.state for row in [again(ready), *map(again, nobody)]} == {"draft"}


def test_the_right_number_sends_to_those_who_can_be_reached(office, meeting, correspondent):
    ready, nobody = InvitationFactory(meeting=meeting), InvitationFactory(meeting=meeting, country=CountryFactory(code="DE"))
    data = {"invitations": [ready.pk, nobody.pk], "asked": "1", "count": "1"}

    response = office.post(SEND, data, follow=True)

    assert mails_about(ready) == [("invitation", "pc@ministry.example")]
    assert again(nobody).state == "draft"
    assert words_of(response) == ["1 invitation is on its way.", "Left out: Germany. There is nobody to write to."]


@pytest.mark.parametrize("count", ["", "2", "one"])
def test_another_number_sends_nothing(office, correspondent, count):
    invitation = InvitationFactory()

    response = office.post(SEND, {"invitations": [invitation.pk], "asked": "1", "count": count})

    assert response.context["form"].errors.keys() == {"count"}
    assert again(invitation).state == "draft"


def test_who_is_left_out_is_still_named_after_a_wrong_number(office, meeting, correspondent):
    rows = [InvitationFactory(meeting=meeting), InvitationFactory(meeting=meeting, country=CountryFactory(code="DE"))]
    asked = office.get(f"{SEND}?meeting={meeting.pk}")
    posted = re.findall(r'name="invitations" value="(\d+)"', asked.content.decode())

    response = office.post(SEND, {"invitations": posted, "asked": "1", "count": "7"})

    assert sorted(map(int, posted)) == sorted(row.pk for row in rows)
    assert response.context["refused"] == asked.context["refused"] == [("There is nobody to write to.", 1, "Germany")]


def test_who_sends_from_the_board_comes_back_to_it(office, meeting, correspondent):
    invitation = InvitationFactory(meeting=meeting)
    address = f"{SEND}?meeting={meeting.pk}&group=members&back=board"

    cancel = office.get(address).context["cancel_address"]
    sent = office.post(address, {"invitations": [invitation.pk], "asked": "1", "count": "1"})

    assert cancel == sent.headers["Location"] == f"{LIST}board/?meeting={meeting.pk}&group=members"


def test_the_list_leads_to_the_same_page(office, correspondent):
    invitation = InvitationFactory()

    response = office.post(LIST, {"action": "send", "_selected_action": [invitation.pk]})

    assert [row for row, _ in response.context["plan"].ready] == [invitation]
    assert again(invitation).state == "draft"


def test_all_who_are_silent_are_reminded(office, meeting, correspondent):
    silent = InvitationFactory(meeting=meeting, sent=True)
    InvitationFactory(meeting=meeting, to_person=True, regrets=True)

    plan = office.get(f"{REMIND}?meeting={meeting.pk}").context["plan"]
    response = office.post(REMIND, {"invitations": [silent.pk], "asked": "1", "count": "1"}, follow=True)

    assert [row for row, _ in plan.ready] == [silent]
    assert words_of(response) == ["1 reminder is on its way."]
    assert Message.objects.filter(kind="invitation_reminder").count() == 1


def test_withdrawing_asks_and_renewing_does_not(office, correspondent):
    invitation = InvitationFactory(sent=True)
    data = {"invitations": [invitation.pk], "back": "page"}

    office.post(WITHDRAW, data)
    before = again(invitation).state
    office.post(WITHDRAW, {**data, "asked": "1"})
    withdrawn = again(invitation).state
    response = office.post(RENEW, data)

    assert (before, withdrawn, again(invitation).state) == ("sent", "withdrawn", "draft")
    assert response.headers["Location"] == page_of(invitation)


def test_a_step_without_the_right_is_refused(client_of, auditor):
    invitation = InvitationFactory()

    assert client_of(auditor).post(SEND, {"invitations": [invitation.pk], "asked": "1", "count": "0"}).status_code == 403


def test_too_many_at_once_are_not_touched(office, monkeypatch):
    monkeypatch.setattr("delegations.admin.steps.MOST_AT_ONCE", 1)
    meeting = MeetingFactory()
    rows = [InvitationFactory(meeting=meeting, withdrawn=True, country=CountryFactory(code=code)) for code in ("DE", "FR")]

    response = office.post(RENEW, {"invitations": [row.pk for row in rows]}, follow=True)

    assert words_of(response) == ["Choose at most 1 invitations at a time. Nothing was changed."]


# --- replies ---


def test_a_reply_by_telephone_is_written_down(office, secretariat):
    invitation = InvitationFactory(sent=True, deadline=dt.date(2020, 1, 1))

    office.post(f"{LIST}{invitation.pk}/reply/", {"reply": "regrets", "note": "Ms Kinsella, by telephone."})

    now = again(invitation)
    assert (now.reply, now.reply_note, now.replied_by) == ("regrets", "Ms Kinsella, by telephone.", secretariat)


def test_a_reply_needs_to_say_how_it_came(office):
    invitation = InvitationFactory(sent=True)

    response = office.post(f"{LIST}{invitation.pk}/reply/", {"reply": "regrets", "note": ""})

    assert (response.status_code, response.context["form"].errors.keys()) == (422, {"note"})


def test_a_reply_that_cannot_be_is_told_why(office):
    nomination = NominationFactory()

    response = office.post(f"{LIST}{nomination.invitation_id}/reply/", {"reply": "regrets", "note": "By telephone."})

    assert response.context["form"].non_field_errors() == ["Names have been put forward; they are to be taken back first."]


# --- correspondents and contacts ---


def appoint(browser, **values):
    address = "/admin/delegations/correspondent/add/"
    given = {"country": CountryFactory().pk, "email": "New.PC@ministry.example", "name": "Nora Kinsella", "language": "fr", **values}
    return browser.post(address, filled(browser.get(address), "correspondent_form", **given))


def test_a_correspondent_is_named_by_address(office, secretariat):
    appoint(office, starts_on="2026-01-01")

    office_held = Correspondent.objects.get()
    user = office_held.user
    assert (user.email, user.name, user.language, user.is_staff, user.has_usable_password()) == (
        "new.pc@ministry.example",
        "Nora Kinsella",
        "fr",
        False,
        False,
    )
    assert office_held.history.get().history_user == secretariat


def test_somebody_with_an_account_keeps_it(office):
    user = UserFactory(email="new.pc@ministry.example", name="N. Kinsella", language="en")

    appoint(office)

    assert Correspondent.objects.get().user == user
    assert User.objects.get(pk=user.pk).name == "N. Kinsella"


def test_nobody_holds_one_office_twice(office):
    appoint(office)

    response = appoint(office)

    assert response.context["adminform"].form.non_field_errors() == ["This person is their correspondent in that period already."]
    assert Correspondent.objects.count() == 1


def test_correspondents_are_filtered_by_office(office):
    now, then = CorrespondentFactory(), CorrespondentFactory(ends_on=in_days(-1).date())

    lists = [office.get(f"/admin/delegations/correspondent/?in_office={value}").context["cl"].result_list for value in ("yes", "no")]

    assert [list(rows) for rows in lists] == [[now], [then]]


def test_whom_to_write_to_is_for_those_who_write(client_of, secretariat, rapporteur):
    body = BodyFactory(contact_email="office@ieo.example")
    pages = [client_of(user).get(f"/admin/delegations/body/{body.pk}/change/").content.decode() for user in (secretariat, rapporteur)]

    assert ["office@ieo.example" in page for page in pages] == [True, False]


def test_the_list_asks_as_often_for_three_as_for_one(office, meeting, django_assert_max_num_queries):
    for code in ("IE", "DE", "FR"):
        InvitationFactory(meeting=meeting, country=CountryFactory(code=code))

    with django_assert_max_num_queries(14):
        office.get(LIST)


def test_time_goes_on_while_a_page_is_read(office, correspondent):
    """An invitation that was answered between the page that asks and the button is left alone, and said so."""
    invitation = InvitationFactory(sent=True)
    Invitation.objects.filter(pk=invitation.pk).update(reply="regrets", replied_at=timezone.now())

    response = office.post(REMIND, {"invitations": [invitation.pk], "asked": "1", "count": "1"})

    assert response.context["refused"] == [("They have replied or put a name forward.", 1, "Ireland")]
    assert mails_about(invitation) == []
