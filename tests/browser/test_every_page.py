"""Every page, in both languages, light and dark: axe finds nothing, nobody scrolls sideways, the policy stops nothing."""

import datetime as dt
from typing import Any

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from correspondence.models import MessageTemplate
from correspondence.tasks import deliver_message
from delegations.models import Country, NominationLink
from meetings.models.meeting import MeetingQuerySet
from participants.admin.decisions import DECISIONS
from participants.models import Participant
from pompidou.doors import DOORS, Door, Rule
from tests import ledgers
from tests.browser.screen import fill_in, findings, mailed, overflow
from tests.factories import (
    PASSWORD,
    BodyFactory,
    CorrespondentFactory,
    CountryFactory,
    InvitationFactory,
    MeetingFactory,
    MessageFactory,
    NominationFactory,
    ParticipantFactory,
    RoomFactory,
    SectorFactory,
    SessionFactory,
    UserFactory,
)

DESKTOP = 1280
PHONE = 320  # the narrowest telephone, and a usual screen enlarged four times
PHASES = ["announced", "open", "closed", "running", "over"]
STATES = ["pending", "waitlisted", "confirmed", "declined", "withdrawn"]
LONG = "Wolfeschlegelsteinhausenbergerdorff"
REGISTER = "/meetings/open/register/"
LIST = "/admin/participants/participant/"

BOTH = [("en", "light"), ("fr", "dark")]
APPS = sorted({model._meta.app_label for model in admin.site._registry})


def pytest_generate_tests(metafunc):
    """Each test in both languages and looks. Of the back office's plain lists and forms, which look alike, only some twice."""
    if "app" in metafunc.fixturenames:
        twice = [(app, *look) for app in APPS for look in BOTH if look == BOTH[0] or app == "participants"]
        metafunc.parametrize(("app", "language", "scheme"), twice)
    else:
        metafunc.parametrize(("language", "scheme"), BOTH)


@pytest.fixture
def site(committed_db):
    """A meeting in each phase, people in each state, and one row at least of everything the back office shows."""
    meetings = {phase: MeetingFactory(slug=phase, **({} if phase == "open" else {phase: True})) for phase in PHASES}
    MeetingFactory(slug="draft", is_published=False)
    SessionFactory(meeting=meetings["open"], room=RoomFactory(meeting=meetings["open"]), title_fr="")
    for code in ("customs", "academia"):
        ParticipantFactory(meeting=meetings["open"], sector=SectorFactory(code=code), country=CountryFactory(code="DE"))
    for state in STATES:
        ParticipantFactory(meeting=meetings["open"], family_name=f"{LONG}-{state}", function=LONG * 2, **{state: True})
    ParticipantFactory(meeting=meetings["open"], unconfirmed=True)
    hidden = ParticipantFactory(meeting=meetings["open"], family_name="Hidden", protected=True)
    ParticipantFactory(meeting=meetings["over"])
    for state in ({}, {"sent": True}, {"failed": True}):
        MessageFactory(**state)
    confirmed = Participant.objects.get(family_name=f"{LONG}-confirmed")
    BodyFactory()
    CorrespondentFactory()
    InvitationFactory(to_person=True)
    NominationFactory(invitation=InvitationFactory(meeting=meetings["over"], sent=True))
    ledgers.write_all(clerk=UserFactory(staff=True), person=confirmed, hidden=hidden)
    deliver_message.enqueue(0)
    return meetings["open"]


def broken(*_args: Any) -> None:
    """Stands in for something that has a fault."""
    raise RuntimeError("broken on purpose")


class Walk:
    """From page to page, keeping what is wrong with each in ``found``."""

    def __init__(self, open_page: Any, language: str, scheme: str) -> None:
        self.open_page, self.prefix, self.scheme = open_page, "/fr" if language == "fr" else "", scheme
        self.width = DESKTOP if scheme == "light" else PHONE
        self.found: dict[str, Any] = {}

    def begin(self, user: Any = None) -> "Walk":
        """In a new window, as nobody or as somebody who has signed in."""
        self.page = self.open_page("/livez", user=user, width=self.width, color_scheme=self.scheme)
        return self

    def visit(self, *paths: str, status: int = 200) -> None:
        for path in paths:
            answer = self.page.goto(f"{self.prefix}{path}")
            if answer.status != status:
                self.found[f"{path} answered"] = answer.status
            self.look(path)

    def submit(self, name: str, selector: str) -> None:
        """Press the button and look at what comes."""
        with self.page.expect_navigation():
            self.page.locator(selector).last.click()
        self.look(name)

    def look(self, name: str) -> None:
        wrong = findings(self.page)
        if self.width != PHONE:
            self.page.set_viewport_size({"width": PHONE, "height": 800})
            wrong |= {"overflow": wide} if (wide := overflow(self.page)) else {}
            self.page.set_viewport_size({"width": self.width, "height": 800})
        if wrong:
            self.found[name] = wrong


@pytest.fixture
def walk(open_page, language, scheme):
    return Walk(open_page, language, scheme)


def test_pages_for_everybody(site, walk):
    walk.begin()
    walk.visit("/", "/meetings/", *(f"/meetings/{phase}/" for phase in PHASES))
    walk.visit("/meetings/open/programme/", "/meetings/closed/programme/", "/privacy/", "/accessibility/")
    walk.visit("/nowhere/", "/meetings/unknown/", "/meetings/draft/", status=404)
    walk.visit("/accounts/login/", "/accounts/login/?next=/admin/", "/accounts/login/code/")
    walk.visit("/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/password/reset/key/done/")
    walk.visit("/accounts/signed-out/", "/accounts/password/reset/key/1-altered/", "/accounts/signup/")
    walk.visit("/demo/", "/demo/mails/", "/demo/gallery/", "/demo/gallery/confirm/")

    assert walk.found == {}


def test_every_step_of_registering(site, walk):
    walk.begin()
    walk.visit(REGISTER, "/meetings/announced/register/")
    walk.visit(f"{REGISTER}?asked=1", status=422)
    walk.visit("/meetings/closed/register/", status=403)
    walk.visit("/meetings/over/register/", status=410)
    walk.visit(f"{REGISTER}?sector=international", f"{REGISTER}?sector=academia", f"{REGISTER}?sector=police")
    walk.submit("form with errors", "main .pg-actions button")
    fill_in(walk.page, family_name=LONG * 2)
    walk.submit("check", "main .pg-actions button")
    walk.submit("check in the other language", "#other-language")
    walk.submit("sent", "main .pg-actions button")
    link = mailed(r"http://[^/]+(?:/fr)?(/registrations/confirm/\S+)")
    walk.visit(link)
    walk.submit("confirmed", "main form button")
    walk.visit(link)
    walk.visit("/registrations/confirm/altered/", "/registrations/confirmed/altered/", status=404)

    assert walk.found == {}


def test_pages_of_ones_own(site, walk):
    for state in STATES:
        takes_part = state not in ("declined", "withdrawn")
        walk.begin(Participant.objects.get(family_name=f"{LONG}-{state}").user)
        walk.visit("/my/open/", status=200)
        walk.visit("/my/open/edit/", status=200 if takes_part else 403)
        walk.visit("/my/open/passport/", status=200 if state == "confirmed" else 404)
    walk.visit("/my/", "/my/open/withdraw/", "/my/open/reopen/")

    assert walk.found == {}


def test_pages_of_a_delegation(site, walk):
    speaker = CorrespondentFactory(country=CountryFactory(code="IE")).user
    invitation = InvitationFactory(meeting=site, country=CountryFactory(code="IE"), sent=True, quota=7, text_en="Bring papers.")
    asked = NominationFactory(invitation=invitation, family_name=LONG, function=LONG, email=f"{LONG}@{LONG}.example".lower(), is_head=True)
    token = NominationLink.issue(asked, at=timezone.now(), expires_at=timezone.now() + dt.timedelta(days=7))
    for state in STATES:
        person = Participant.objects.get(family_name=f"{LONG}-{state}")
        person.nomination = NominationFactory(invitation=invitation)
        person.save()
    NominationFactory(invitation=invitation, withdrawn=True)
    own = f"/delegation/open/nominees/{asked.pk}/"
    walk.begin(speaker).visit("/my/", "/delegation/", "/delegation/open/", "/delegation/open/nominate/")
    walk.submit("name with errors", "main form .btn-primary")
    walk.visit(own, f"{own}replace/", f"{own}withdraw/")
    walk.begin().visit(f"/nominations/{token}/")
    walk.submit("nominee's form with errors", "main .pg-actions button")
    walk.visit(f"/nominations/{token}/decline/")
    walk.submit("declined", "main form button")
    walk.visit(f"/nominations/{token}/", status=410)
    walk.visit("/nominations/altered/", status=404)

    assert walk.found == {}


def test_pages_of_a_nominee_who_is_registered_already(site, walk):
    invitation = InvitationFactory(meeting=site, country=CountryFactory(code="IE"), sent=True)
    person = Participant.objects.get(family_name=f"{LONG}-confirmed")
    nomination = NominationFactory(invitation=invitation, email=person.email)
    token = NominationLink.issue(nomination, at=timezone.now(), expires_at=timezone.now() + dt.timedelta(days=7))
    walk.begin().visit(f"/nominations/{token}/")
    walk.submit("accepted", "main form button")

    assert walk.found == {}


def test_pages_of_somebody_who_is_not_registered(site, walk):
    walk.begin(UserFactory()).visit("/my/")
    walk.visit("/my/open/", status=404)
    walk.visit("/admin/", status=403)

    assert walk.found == {}


def test_pages_of_ones_sign_in(site, walk, administrator):
    walk.begin(administrator)
    walk.visit("/accounts/logout/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/webauthn/")
    walk.visit("/accounts/second-factor/", "/accounts/sessions/", "/accounts/reauthenticate/code/", "/accounts/reauthenticate/")
    walk.page.fill("#id_password", PASSWORD)
    with walk.page.expect_navigation():
        walk.page.press("#id_password", "Enter")
    walk.visit("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/")

    assert walk.found == {}


def test_pages_that_say_what_went_wrong(site, walk, secretariat, monkeypatch):
    monkeypatch.setitem(DOORS, "account_reset_password", Door(send=(Rule(0, 600, ("network",)),)))
    walk.begin(secretariat).visit(f"{LIST}?needs__diet__exact=halal", status=400)
    walk.begin().visit("/accounts/password/reset/")
    walk.page.fill("#id_email", "maeve@garda.example")
    walk.submit("too many tries", "main form button")
    assert walk.page.locator("h1").inner_text() in ("Please wait a little", "Veuillez patienter un peu")
    walk.visit("/accounts/password/reset/")
    walk.page.context.clear_cookies()
    walk.submit("form without its token", "main form button")
    monkeypatch.setattr(MeetingQuerySet, "published", broken)
    walk.visit("/meetings/", status=500)

    assert walk.found == {}


def test_pages_about_data_protection(site, walk, administrator):
    person = Participant.objects.get(family_name=f"{LONG}-confirmed")
    walk.begin(administrator)

    walk.visit("/admin/audit/", f"/admin/audit/?person={person.reference}", "/admin/audit/?q=nobody", "/admin/privacy/record/")
    walk.visit(f"/admin/privacy/copy/registration/{person.pk}/")
    walk.submit("copy without a reason", "button[name=read]")
    walk.page.fill("#id_reason", "Asked for it.")
    walk.submit("copy", "button[name=read]")

    assert walk.found == {}


def test_lists_and_forms_of_the_back_office(site, walk, administrator, app):
    request = RequestFactory().get("/")
    request.user = administrator
    walk.begin(administrator)

    for model, pages in admin.site._registry.items():
        if model._meta.app_label == app:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            few = "?q=land" if model is Country else ""  # all two hundred take axe longer than any other page
            row = pages.get_queryset(request).first()
            walk.visit(reverse(f"{name}_changelist") + few, reverse(f"{name}_change", args=[row.pk]))
            if pages.has_add_permission(request):
                walk.page.goto(f"{walk.prefix}{reverse(f'{name}_add')}")
                if walk.page.locator("input[name=_save]").count():
                    walk.submit(f"{name} with errors", "input[name=_save]")
                else:  # nothing is typed there: a page that asks for a decision
                    walk.look(f"{name} add")

    assert walk.found == {}


def test_work_on_registrations(site, walk, secretariat):
    people = {person.family_name.removeprefix(f"{LONG}-"): person for person in Participant.objects.all()}
    walk.begin(secretariat)

    walk.visit("/admin/", "/admin/?meeting=open", "/admin/?meeting=over")
    walk.visit(LIST, f"{LIST}?meeting__id__exact=all", f"{LIST}?meeting__id__exact=all&q=qqqq")
    walk.visit(*(f"{LIST}{people[state].pk}/change/" for state in STATES), f"{LIST}{people['Hidden'].pk}/change/")
    walk.visit(f"{LIST}{people['Hidden'].pk}/history/", f"{LIST}{people['Hidden'].pk}/reveal/")
    walk.visit(f"{LIST}export.csv")
    walk.submit("export with errors", "input[type=submit]")
    for label in ("withdraw", "decline"):
        walk.page.goto(f"{walk.prefix}{LIST}?meeting__id__exact={site.pk}&state__exact=pending")
        walk.page.locator("input.action-select").first.check()
        walk.submit(f"page that asks before {label}", f".pg-actions-bar button[value='{list(DECISIONS).index(label)}']")
    walk.submit("declining without a reason", ".pg-narrow form button")
    walk.visit(reverse("admin:correspondence_messagetemplate_preview", args=[MessageTemplate.objects.first().pk]))

    assert walk.found == {}


def test_the_back_office_of_those_with_fewer_rights(site, walk):
    person = Participant.objects.get(family_name=f"{LONG}-confirmed")
    for group in ("Host liaison", "Check-in desk", "Auditor", "Visa letters"):
        user = UserFactory(staff=True)
        user.groups.add(user.groups.model.objects.get(name=group))
        walk.begin(user).visit("/admin/")
        if user.has_perm("participants.view_participant"):
            walk.visit(LIST, f"{LIST}{person.pk}/change/")
        if group == "Visa letters":
            walk.visit(f"{LIST}{person.pk}/passport/")
        if group == "Auditor":
            walk.visit("/admin/audit/", f"/admin/audit/?person={person.reference}", "/admin/audit/?person=nobody&since=x")

    assert walk.found == {}


def test_the_copy_of_everything_held(site, walk, secretariat):
    person = Participant.objects.get(family_name=f"{LONG}-confirmed")
    walk.begin(person.user).visit("/my/data/")
    walk.begin(secretariat).visit(f"/admin/privacy/copy/registration/{person.pk}/")
    walk.page.fill("#id_reason", "Letter of 3 May")
    walk.submit("the copy", "button[name=read]")

    assert walk.found == {}


def test_windows_that_open_beside_a_form(site, walk, secretariat):
    """The policy holds there too, where the library brings scripts of its own."""
    walk.begin(secretariat)

    walk.visit("/admin/meetings/room/add/?_popup=1", "/admin/meetings/session/add/", f"{LIST}?_popup=1")

    assert walk.found == {}
