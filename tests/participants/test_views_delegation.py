"""The pages of a Permanent Correspondent: their own country, and nothing of anybody else's."""

import datetime as dt
import io
import re
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from correspondence.models import Message
from delegations.models import Correspondent, Invitation, Nomination
from participants import delegation as delegations
from participants import nominee_mails, services
from participants.models import Participant
from tests.corpus import FILE_NAMES, NO_LETTERS
from tests.factories import (
    CorrespondentFactory,
    CountryFactory,
    InvitationFactory,
    NominationFactory,
    OfferFactory,
    ParticipantFactory,
    SectorFactory,
    in_days,
)

pytestmark = pytest.mark.django_db

PAGE = "/delegation/strasbourg-2026/"
PDF = b"%PDF-1.7 a letter"


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def office():
    return CorrespondentFactory()


@pytest.fixture
def browser(client_of, office):
    return client_of(office.user)


@pytest.fixture
def invitation(meeting):
    return InvitationFactory(meeting=meeting, sent=True)


@pytest.fixture
def nomination(invitation):
    return NominationFactory(invitation=invitation, family_name="Brennock", email="aoife@garda.example")


def typed(**changes):
    """What a minister's assistant types."""
    fields = {
        "salutation": "ms",
        "given_name": "Aoife",
        "family_name": "Brennock",
        "function": "Detective Sergeant",
        "service": "Cybercrime Bureau",
        "organisation": "An Garda Síochána",
        "email": "aoife@garda.example",
        "sector": "police",
        "language": "en",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def docx(*extra):
    """A small Word document with those parts beside the usual ones."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *extra):
            archive.writestr(name, "<xml/>")
    return file.getvalue()


# --- seeing ---


def test_the_list_has_the_meetings_of_ones_own_country(browser, invitation):
    InvitationFactory(country=CountryFactory(code="IT"), sent=True)
    InvitationFactory()

    page = browser.get("/delegation/")

    assert [card[0] for card in page.context["cards"]] == [invitation]


def test_who_speaks_for_nobody_has_no_such_page(client_of, expert):
    assert client_of(expert).get("/delegation/").status_code == 404


def test_the_page_says_what_was_asked_and_what_is_left(browser, nomination):
    page = browser.get(PAGE)

    assert page.context["delegation"].left == 1
    assert "1 of 2 places is taken. Reimbursed: 0 of 1 taken." in text_of(page)
    assert ("Places", "2 places, 1 of them reimbursed") in page.context["facts"]


STATES = [
    ({}, "Asked to complete the registration"),
    ({"pending": True}, "Completed; the secretariat decides"),
    ({"confirmed": True}, "Has a place"),
    ({"waitlisted": True}, "Completed; on the waiting list"),
]


@pytest.mark.parametrize(("about", "label"), STATES)
def test_each_nominee_has_a_state_in_plain_words(browser, nomination, about, label):
    if about:
        ParticipantFactory(meeting=nomination.invitation.meeting, nomination=nomination, **about)

    page = browser.get(PAGE)

    assert [one.label for one in page.context["delegation"].standing] == [label]


@pytest.mark.parametrize(
    ("state", "registration", "label"),
    [
        ("not_coming", {}, "Cannot come"),
        ("not_coming", {"withdrawn": True}, "Withdrew"),
        ("not_coming", {"declined": True}, "Declined by the secretariat"),
        ("withdrawn", {}, "Taken back"),
        ("replaced", {"withdrawn": True}, "Replaced"),
    ],
)
def test_who_is_no_longer_put_forward_stands_apart(browser, invitation, state, registration, label):
    nomination = NominationFactory(invitation=invitation, state=state)
    if registration:
        ParticipantFactory(meeting=invitation.meeting, nomination=nomination, **registration)

    delegation = browser.get(PAGE).context["delegation"]

    assert (delegation.standing, [one.label for one in delegation.others]) == ([], [label])


@pytest.mark.parametrize(("language", "word"), [("en", "Taken back"), ("fr", "Retiré")])
def test_a_name_taken_back_has_one_word_for_delegation_and_secretariat(nomination, language, word):
    nomination.state = Nomination.State.WITHDRAWN

    with translation.override(language):
        words = (str(nomination.get_state_display()), str(delegations.OF_NOMINATION[nomination.state]))

    assert words == (word, word)


def test_a_changed_name_is_shown_beside_the_one_put_forward(browser, nomination):
    ParticipantFactory(meeting=nomination.invitation.meeting, nomination=nomination, given_name="Orla", family_name="Keane")

    one = browser.get(PAGE).context["delegation"].standing[0]

    assert (one.name, "Put forward as Aoife Brennock" in one.remarks) == ("Orla Keane", True)


def test_a_nominee_who_asked_not_to_be_named_is_masked_for_whoever_typed_the_name(browser, nomination):
    nomination.letter.save("letter.pdf", ContentFile(PDF))
    ParticipantFactory(
        meeting=nomination.invitation.meeting, nomination=nomination, given_name="Aoife", family_name="Brennock", protected=True
    )

    page = browser.get(PAGE)
    own = f"{PAGE}nominees/{nomination.pk}/"

    assert page.context["delegation"].standing[0].name == "Expert K."
    assert [word in page.content.decode() for word in ("Brennock", "aoife@", "Cybercrime Bureau", "Detective")] == [False] * 4
    assert [browser.get(own + more).status_code for more in ("", "letter/", "withdraw/", "replace/")] == [404, 404, 200, 200]
    assert "Brennock" not in browser.get(f"{own}withdraw/").content.decode()


def test_the_page_asks_no_more_of_the_database_for_more_nominees(browser, invitation):
    def count():
        with CaptureQueriesContext(connection) as queries:
            browser.get(PAGE)
        return len(queries)

    for nomination in NominationFactory.create_batch(2, invitation=invitation):
        ParticipantFactory(meeting=invitation.meeting, nomination=nomination)
    browser.get(PAGE)
    few = count()
    for nomination in NominationFactory.create_batch(6, invitation=invitation):
        ParticipantFactory(meeting=invitation.meeting, nomination=nomination)

    assert count() == few


# --- neighbours ---


def every_address(nomination):
    own = f"{PAGE}nominees/{nomination.pk}/"
    gets = [PAGE, f"{PAGE}letter.pdf", f"{PAGE}nominate/", own, f"{own}replace/", f"{own}withdraw/", f"{own}letter/"]
    posts = [f"{PAGE}reply/", f"{PAGE}news/", f"{PAGE}nominate/", own]
    return gets, [*posts, *(f"{own}{act}/" for act in ("replace", "withdraw", "move", "remind"))]


@pytest.fixture
def filled_in(nomination):
    nomination.letter.save("letter.pdf", ContentFile(PDF))
    NominationFactory(invitation=nomination.invitation)
    return nomination


def answers(browser, nomination, *, query=""):
    gets, posts = every_address(nomination)
    seen = [browser.get(address + query).status_code for address in gets]
    return seen + [browser.post(address + query, typed(reply="nominates")).status_code for address in posts]


@pytest.mark.parametrize(
    "who", ["another country", "office over", "office to come", "account without office", "switched-off account", "registered there"]
)
def test_nobody_else_finds_anything(client_of, filled_in, expert, who):
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    user = {
        "another country": lambda: CorrespondentFactory(country=CountryFactory(code="IT")).user,
        "office over": lambda: CorrespondentFactory(ends_on=today - day).user,
        "office to come": lambda: CorrespondentFactory(starts_on=today + day).user,
        "account without office": lambda: CorrespondentFactory(country=CountryFactory(code="PT"), ends_on=today - day).user,
        "switched-off account": lambda: CorrespondentFactory(ends_on=today - day).user,
        "registered there": lambda: expert,
    }[who]()
    before = list(Nomination.objects.values())

    assert set(answers(client_of(user), filled_in)) == {404}
    assert set(answers(client_of(user), filled_in, query="?country=IE")) == {404}
    assert list(Nomination.objects.values()) == before


def test_the_same_addresses_open_for_those_whose_country_it_is(client_of, filled_in):
    """Or the test above would see nothing at all."""
    last_day = CorrespondentFactory(starts_on=timezone.localdate(), ends_on=timezone.localdate()).user

    assert set(answers(client_of(last_day), filled_in)) <= {200, 303, 422}


def test_two_correspondents_of_one_country_see_the_same(client_of, browser, nomination):
    colleague = client_of(CorrespondentFactory().user)

    pages = [one.get(PAGE).context["delegation"] for one in (browser, colleague)]

    assert pages[0] == pages[1]


@pytest.fixture
def of_body(meeting):
    """An organisation's invitation for two, with somebody put forward, and its correspondent."""
    invitation = InvitationFactory(meeting=meeting, to_body=True, sent=True, body__code="ieo", body__name_en="Example Office")
    CorrespondentFactory(of_body=True, body=invitation.body, user__email="pc@ieo.example")
    SectorFactory(code="international", family="international")
    return invitation


@pytest.fixture
def clerk(client_of, of_body):
    return client_of(of_body.body.correspondents.get().user)


def test_an_organisation_sees_its_own_invitation_under_its_own_name(clerk, of_body, invitation):
    page = clerk.get(PAGE)

    assert page.context["invitation"] == of_body
    assert "Delegation of Example Office" in text_of(page)
    assert [card[1] for card in clerk.get("/delegation/").context["cards"]] == [f"{PAGE}?body=ieo"]


def test_an_organisation_puts_its_own_staff_forward(clerk, of_body):
    form = clerk.get(f"{PAGE}nominate/").context["form"]
    said = typed(sector="international", email="a.berg@ieo.example", organisation=None)

    response = clerk.post(f"{PAGE}nominate/?body=ieo", said)

    assert (response.status_code, response["Location"]) == (303, f"{PAGE}?body=ieo")
    assert form.fields["sector"].choices == [("international", "International organisation")]
    assert not {"organisation", "is_reimbursed"} & set(form.fields)
    made = Nomination.objects.get()
    assert (made.invitation, made.email, made.sector) == (of_body, "a.berg@ieo.example", "international")


@pytest.mark.parametrize("who", ["another organisation", "a country", "office over"])
def test_nobody_else_finds_anything_of_an_organisation(client_of, of_body, who):
    nomination = NominationFactory(invitation=of_body)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    user = {
        "another organisation": lambda: CorrespondentFactory(of_body=True).user,
        "a country": lambda: CorrespondentFactory().user,
        "office over": lambda: CorrespondentFactory(of_body=True, body=of_body.body, ends_on=yesterday).user,
    }[who]()

    assert set(answers(client_of(user), nomination)) == {404}
    assert set(answers(client_of(user), nomination, query="?body=ieo")) == {404}
    assert list(Nomination.objects.values_list("state", flat=True)) == ["put_forward"]


def test_an_organisation_is_held_to_its_quota_and_deadline(clerk, of_body):
    NominationFactory.create_batch(2, invitation=of_body)
    said = typed(sector="international", organisation=None)
    full = clerk.post(f"{PAGE}nominate/", said)
    Nomination.objects.all().delete()
    Invitation.objects.update(deadline=timezone.localdate() - dt.timedelta(days=2))

    late = clerk.post(f"{PAGE}nominate/", said)

    assert (full.status_code, late.status_code, Nomination.objects.count()) == (422, 403, 0)


def test_who_speaks_for_a_country_and_an_organisation_chooses_by_the_address(clerk, of_body, invitation):
    CorrespondentFactory(user=of_body.body.correspondents.get().user)

    assert clerk.get(f"{PAGE}?body=ieo").context["invitation"] == of_body
    assert clerk.get(f"{PAGE}?country=IE").context["invitation"] == invitation
    assert clerk.get(f"{PAGE}?country=IE").context["others"] == [(of_body.addressee, f"{PAGE}?body=ieo")]


def test_an_organisations_correspondent_is_told_of_a_nominee(of_body):
    nomination = NominationFactory(invitation=of_body)

    services.withdraw_nomination(nomination=nomination, by=None)
    nominee_mails.tell_correspondents(nomination, nominee_mails.DECLINED, place=1, by=None, at=timezone.now())

    news = Message.objects.get(kind="nominee_news")
    assert (news.to, f"{PAGE}?body=ieo" in news.body) == ("pc@ieo.example", True)


def test_a_nominee_of_another_meeting_is_not_found_under_this_one(browser, invitation):
    other = NominationFactory(invitation=InvitationFactory(sent=True))

    assert browser.get(f"{PAGE}nominees/{other.pk}/").status_code == 404


def test_a_draft_is_not_shown(browser, meeting):
    InvitationFactory(meeting=meeting)

    assert browser.get(PAGE).status_code == 404


def test_who_speaks_for_two_countries_chooses_by_the_address(browser, office, invitation, meeting):
    CorrespondentFactory(user=office.user, country=CountryFactory(code="FR"))
    french = InvitationFactory(meeting=meeting, country=CountryFactory(code="FR"), sent=True)

    assert browser.get(f"{PAGE}?country=FR").context["invitation"] == french
    assert browser.get(f"{PAGE}?country=IE").context["invitation"] == invitation
    assert browser.get(f"{PAGE}?country=IT").status_code == 404
    assert browser.get(f"{PAGE}?country=%00").status_code == 404


def test_my_registrations_lead_to_the_delegation(browser, office):
    assert browser.get("/my/").context["speaks_for"] == [office.country]


@pytest.mark.parametrize("is_offered", [False, True])
def test_who_waits_has_a_place_in_the_line_or_an_offer_with_its_end(browser, nomination, is_offered):
    person = ParticipantFactory(meeting=nomination.invitation.meeting, nomination=nomination, waitlisted=True)
    if is_offered:
        OfferFactory(participant=person)

    said = text_of(browser.get(PAGE))

    assert ("Number 1 on the waiting list" in said, "A place is offered; it is held until" in said) == (not is_offered, is_offered)


def test_no_form_is_offered_once_all_places_are_taken(browser, invitation, nomination):
    before = "nomination" in text_of_ids(browser)
    NominationFactory(invitation=invitation)

    page = browser.get(f"{PAGE}nominate/")

    assert (before, "nomination" in text_of_ids(browser)) == (True, False)
    assert "ask the secretariat for another place" in text_of(page)


def test_no_form_is_offered_after_the_deadline(browser, invitation):
    before = "nomination" in text_of_ids(browser)
    Invitation.objects.update(deadline=in_days(-2).date())

    page = browser.get(f"{PAGE}nominate/")

    assert (before, "nomination" in text_of_ids(browser), page.status_code) == (True, False, 200)
    assert "The deadline has passed" in text_of(page)


def text_of_ids(browser):
    return re.findall(r'<form id="(\w+)"', browser.get(f"{PAGE}nominate/").content.decode())


# --- doing ---


def test_the_same_name_is_asked_about_and_then_taken(browser, nomination):
    said = typed(given_name=nomination.given_name, email="other@garda.example")
    asked = browser.post(f"{PAGE}nominate/", said)

    taken = browser.post(f"{PAGE}nominate/", {**said, "is_namesake": "on"})

    assert "is_namesake" not in browser.get(f"{PAGE}nominate/").context["form"].fields
    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["is_namesake"])
    assert "This is another person of the same name" in text_of(asked)
    assert (taken.status_code, Nomination.objects.filter(email="other@garda.example").count()) == (303, 1)


def test_a_name_is_put_forward(browser, invitation, office):
    letter = SimpleUploadedFile("Letter of Ms Brennock.PDF", PDF)

    response = browser.post(f"{PAGE}nominate/", typed(is_head="on", is_reimbursed="on", letter=letter), follow=True)

    made = Nomination.objects.get()
    assert response.status_code == 200
    assert (made.family_name, made.sector, made.is_head, made.is_reimbursed, made.put_forward_by) == (
        "Brennock",
        "police",
        True,
        True,
        office.user,
    )
    assert re.fullmatch(r"nominations/[0-9a-f]{32}\.pdf", made.letter.name)
    assert "The person was sent a mail" in text_of(response)


@pytest.mark.parametrize(
    ("field", "value"),
    [("family_name", ""), ("function", ""), ("email", "aoife"), ("sector", ""), ("sector", "international"), ("language", "de")],
)
def test_an_answer_that_is_missing_or_wrong_is_said_beside_its_question(browser, invitation, field, value):
    response = browser.post(f"{PAGE}nominate/", typed(**{field: value}))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    ("others", "fields", "field"),
    [
        ([{}, {}], {}, "__all__"),
        ([{"email": "aoife@garda.example"}], {}, "email"),
        ([{"is_head": True}], {"is_head": "on"}, "is_head"),
        ([{"is_reimbursed": True}], {"is_reimbursed": "on"}, "is_reimbursed"),
    ],
)
def test_what_cannot_be_taken_gets_a_clear_answer_and_keeps_what_was_typed(browser, invitation, others, fields, field):
    for other in others:
        NominationFactory(invitation=invitation, **other)

    response = browser.post(f"{PAGE}nominate/", typed(**fields))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert 'value="Brennock"' in response.content.decode()


def test_after_the_deadline_403_with_what_was_typed(browser, invitation):
    Invitation.objects.update(deadline=in_days(-2).date())

    response = browser.post(f"{PAGE}nominate/", typed())

    assert response.status_code == 403
    assert 'value="Brennock"' in response.content.decode()
    assert "The deadline has passed" in text_of(response)


def test_who_is_registered_already_is_tied_and_it_is_said(browser, invitation):
    ParticipantFactory(meeting=invitation.meeting, email="aoife@garda.example", pending=True)

    response = browser.post(f"{PAGE}nominate/", typed(), follow=True)

    assert "This person had registered already." in text_of(response)
    assert Participant.objects.get().state == "confirmed"


@pytest.mark.parametrize("about", [{"protected": True}, {"country": "IT"}, None])
def test_the_answer_tells_nobody_who_is_registered(browser, invitation, about):
    if about is not None:
        about = {**about, **({"country": CountryFactory(code="IT")} if "country" in about else {})}
        ParticipantFactory(meeting=invitation.meeting, email="aoife@garda.example", **about)

    response = browser.post(f"{PAGE}nominate/", typed(), follow=True)

    assert "The person was sent a mail with a link to complete the registration." in text_of(response)
    assert [one.label for one in response.context["delegation"].standing] == ["Asked to complete the registration"]


def test_correct_replace_move_remind_and_take_back(browser, nomination):
    second = NominationFactory(invitation=nomination.invitation)
    own = f"{PAGE}nominees/{nomination.pk}/"

    statuses = [
        browser.post(own, typed(function="Judge", email=None)).status_code,
        browser.post(f"{own}move/", {"to": "down"}).status_code,
        browser.post(f"{own}remind/").status_code,
        browser.post(f"{PAGE}nominees/{second.pk}/replace/", typed(email="orla@garda.example", given_name="Orla")).status_code,
        browser.post(f"{own}withdraw/").status_code,
    ]

    assert statuses == [303] * 5
    assert list(Nomination.objects.in_order().values_list("email", "state", "function")) == [
        (second.email, "replaced", "Detective Sergeant"),
        ("orla@garda.example", "put_forward", "Detective Sergeant"),
        ("aoife@garda.example", "withdrawn", "Judge"),
    ]


@pytest.mark.parametrize("more", ["", "replace/", "withdraw/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_of_a_name_that_somebody_replaced_meanwhile_leads_back_and_says_so(browser, nomination, method, more):
    services.replace_nomination(nomination=nomination, fields=typed(email="orla@garda.example", given_name="Orla"), by=None)

    page = getattr(browser, method)(f"{PAGE}nominees/{nomination.pk}/{more}", typed(), follow=True)

    assert page.redirect_chain == [(f"{PAGE}?country=IE", 303)]
    assert "This name is no longer put forward." in text_of(page)
    assert list(Nomination.objects.in_order().values_list("email", "state")) == [
        ("aoife@garda.example", "replaced"),
        ("orla@garda.example", "put_forward"),
    ]


def test_taking_a_name_back_twice_says_the_same(browser, nomination):
    pages = [browser.post(f"{PAGE}nominees/{nomination.pk}/withdraw/", follow=True) for _time in range(2)]

    assert ["The name is taken back." in text_of(page) for page in pages] == [True, True]


def test_of_who_completed_only_the_delegations_own_is_asked(browser, nomination):
    ParticipantFactory(meeting=nomination.invitation.meeting, nomination=nomination)

    page = browser.get(f"{PAGE}nominees/{nomination.pk}/")

    assert list(page.context["form"].fields) == ["is_head", "is_reimbursed", "letter"]


@pytest.mark.parametrize(("reply", "status"), [("nominates", 303), ("regrets", 303), ("perhaps", 422), ("", 422)])
def test_a_reply_is_taken(browser, invitation, reply, status):
    assert browser.post(f"{PAGE}reply/", {"reply": reply}).status_code == status
    assert Invitation.objects.get().reply == (reply if status == 303 else "")


def test_the_mails_are_switched_off_and_on(browser, invitation):
    browser.post(f"{PAGE}news/", {"wants_news": "no"})
    off = Correspondent.objects.get().wants_news
    browser.post(f"{PAGE}news/", {"wants_news": "yes"})

    assert (off, Correspondent.objects.get().wants_news) == (False, True)


# --- letters ---


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", PDF),
        ("letter.JPG", b"\xff\xd8\xff\xe0 a scan"),
        ("letter.jpeg", b"\xff\xd8\xff\xe1 a scan"),
        ("letter.png", b"\x89PNG\r\n\x1a\n a scan"),
        ("letter.docx", docx()),
    ],
)
def test_letters_are_taken(browser, invitation, name, content):
    assert browser.post(f"{PAGE}nominate/", typed(letter=SimpleUploadedFile(name, content))).status_code == 303


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *NO_LETTERS,
        ("letter.docx", docx("word/vbaProject.bin")),
        ("letter.docx", docx(*(f"word/{n}.xml" for n in range(2_001)))),
        ("x" * 250 + ".pdf", PDF),
    ],
)
def test_files_that_are_no_letters_are_refused(browser, invitation, name, content):
    response = browser.post(f"{PAGE}nominate/", typed(letter=SimpleUploadedFile(name, content)))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["letter"])
    assert not Nomination.objects.exists()


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_letter_is_stored_under_a_name_of_ours(browser, invitation, name):
    browser.post(f"{PAGE}nominate/", typed(letter=SimpleUploadedFile(re.sub("csv$", "pdf", name, flags=re.I), PDF)))

    assert [re.fullmatch(r"nominations/[0-9a-f]{32}\.pdf", row.letter.name) is not None for row in Nomination.objects.all()] == [True]


def test_a_letter_is_saved_and_never_shown(browser, nomination):
    nomination.letter.save("letter.pdf", ContentFile(PDF))

    response = browser.get(f"{PAGE}nominees/{nomination.pk}/letter/")

    assert response.content == PDF
    assert {
        name: response[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy")
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="nomination-{nomination.pk}.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }


def test_a_letter_that_is_gone_is_not_found(browser, nomination):
    nomination.letter.name = "nominations/gone.pdf"
    nomination.save()

    assert browser.get(f"{PAGE}nominees/{nomination.pk}/letter/").status_code == 404
