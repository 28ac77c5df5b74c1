"""Keys of other people, other meetings and other kinds of rows, in addresses, in forms and in signed texts: nobody gets across."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from accounts.models import User
from correspondence.models import Message
from delegations.models import CountryStatus
from participants.models import Needs, Participant, PersonalLink
from participants.views.confirm import RESULTS
from participants.views.register import RECEIPTS
from tests.factories import CountryFactory, MessageFactory, ParticipantFactory
from tests.filled import filled
from tests.security.canaries import undrawn
from tests.security.forms import urlencoded
from tests.security.test_hostile_input import ADDRESSES, URLENCODED, Attacker
from tests.security.world import World

pytestmark = [pytest.mark.urls("tests.pompidou.demo_urls"), pytest.mark.django_db]

OWN_PAGES = [address for address in ADDRESSES if address.startswith(("/my/", "/accounts/"))]


# --- in every form that a participant can open ---


class Neighbour(Attacker):
    """Puts keys of others into every field of their own forms that is not typed by hand."""

    def __init__(self, role, addresses):
        super().__init__(role, addresses)
        self.me = self.world.people[role]
        for person in Participant.objects.exclude(user=self.me):
            Needs.objects.get_or_create(participant=person)
        self.keys = {
            str(key) for model in (User, Participant, PersonalLink, UserSession) for key in model.objects.values_list("pk", flat=True)
        }
        self.keys |= {"vienna-2025", *Participant.objects.exclude(user=self.me).values_list("reference", flat=True)}
        self.before = self.others()
        self.tried = 0

    def others(self):
        """Everything that belongs to somebody else."""
        return [
            list(rows.order_by("pk").values())
            for rows in (
                User.objects.exclude(pk=self.me.pk),
                Participant.objects.exclude(user=self.me),
                Needs.objects.exclude(participant__user=self.me),
                PersonalLink.objects.exclude(participant__user=self.me),
                Authenticator.objects.exclude(user=self.me),
                UserSession.objects.exclude(user=self.me),
            )
        ]

    def attack(self, form, way):
        guessed = {control.name for control in form.controls if control.kind in {"hidden", "select", "radio", "submit"}}
        for key in sorted(self.keys):
            with transaction.atomic(), undrawn():
                pairs = form.filled(**dict.fromkeys(guessed, key))
                response = self.world.client(self.role).post(form.address, urlencoded(pairs), content_type=URLENCODED)
                self.tried += 1
                if self.others() != self.before or response.status_code >= 500:
                    self.found.append(f"{form.address} {key} {response.status_code}")
                transaction.set_rollback(True)
        cache.clear()


def test_no_form_of_ones_own_reaches_anything_of_somebody_else():
    neighbour = Neighbour("participant", OWN_PAGES)

    assert neighbour.walk() == []
    assert neighbour.tried > 100


@pytest.mark.parametrize("role", ["other", "protected", "correspondent", "secretariat", "administrator"])
@pytest.mark.parametrize("page", ["remove", "edit"])
def test_a_passkey_of_somebody_else_is_not_there(role, page):
    world = World()
    owner = world.people["participant"]
    key = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Blue key", "credential": {}})
    address = f"/accounts/2fa/webauthn/keys/{key.pk}/{page}/"

    answers = [world.ask(role, method, address, {"name": "Mine now"}).status_code for method in ("GET", "POST")]

    assert answers == [404, 404]
    assert Authenticator.objects.get(pk=key.pk).data["name"] == "Blue key"


# --- signed and secret texts in the wrong place ---


def test_no_signed_text_is_good_for_another_page_or_meeting(meeting, draft_meeting, registration):
    sent, result = RECEIPTS.sign_object([registration.reference, "2026-10-01"]), RESULTS.sign(registration.reference)
    foreign = signing.TimestampSigner(salt="django.contrib.sessions").sign(registration.reference)
    plain = signing.TimestampSigner().sign(registration.reference)
    addresses = [
        *(
            f"/registrations/confirmed/{text}/"
            for text in (sent, foreign, plain, f"{result}x", result[:-1], f"x{result}", result.replace(":", ""))
        ),
        *(f"/meetings/strasbourg-2026/register/sent/{text}/" for text in (result, foreign, plain, f"{sent}x", f"x{sent}")),
        f"/meetings/lisbon-2027/register/sent/{sent}/",
        *(f"/registrations/confirm/{text}/" for text in (sent, result, registration.reference, str(registration.pk))),
    ]

    assert {address: status for address in addresses if (status := Client().get(address).status_code) != 404} == {}
    assert Client().get(f"/registrations/confirmed/{result}/").status_code == 200


def test_a_key_for_a_new_password_is_for_one_person_only(secretariat, administrator):
    key = default_token_generator.make_token(secretariat)
    browser = Client()

    mine, theirs, switched = (
        browser.get(f"/accounts/password/reset/key/{uid}-{key}/", follow=True).content.decode()
        for uid in (base36(secretariat.pk), base36(administrator.pk), f"0{base36(administrator.pk)}")
    )

    assert 'name="password1"' in mine
    assert ['name="password1"' in page for page in (theirs, switched)] == [False, False]


def base36(number):
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return digits[number] if number < 36 else base36(number // 36) + digits[number % 36]


def test_a_cookie_of_one_site_key_is_none_for_another(client_of, expert, settings):
    browser = client_of(expert)
    assert browser.get("/my/").status_code == 200

    settings.SECRET_KEY = "another " * 10

    assert browser.get("/my/").status_code == 302


# --- in the back office ---


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


def test_a_row_of_another_country_is_not_changed_from_this_one(office):
    ireland, italy = CountryFactory(code="IE", member=True), CountryFactory(code="IT", member=True)
    mine, theirs = ireland.statuses.first(), italy.statuses.first()
    before = CountryStatus.objects.filter(country=italy).values().first()
    address = f"/admin/delegations/country/{ireland.pk}/change/"
    form = filled(office.get(address), "country_form")

    for forged in (
        {"statuses-0-id": theirs.pk},
        {"statuses-0-country": italy.pk},
        {"statuses-0-id": theirs.pk, "statuses-0-country": italy.pk},
        {"statuses-0-id": theirs.pk, "statuses-0-DELETE": "on"},
    ):
        office.post(address, {**form, **forged, "statuses-0-note": "Stolen"})

    assert CountryStatus.objects.filter(country=italy).values().first() == before
    assert CountryStatus.objects.get(pk=mine.pk).country == ireland


@pytest.mark.parametrize("action", ["approve", "decline", "withdraw", "reopen", "waitlist"])
def test_ticking_a_row_that_the_list_does_not_show_does_nothing(office, meeting, action):
    hidden = ParticipantFactory(meeting=meeting, unconfirmed=True)

    page = office.post("/admin/participants/participant/", {"action": action, "_selected_action": [hidden.pk]}, follow=True)
    sent = office.post(f"/admin/participants/participant/decide/{action}/", {"keys": hidden.pk, "people": hidden.pk, "reason": "Because"})

    assert page.status_code == 200
    assert sent.status_code < 500
    assert Participant.objects.get(pk=hidden.pk).state == "unconfirmed"


@pytest.mark.parametrize("state", [{}, {"sent": True}])
def test_only_a_mail_that_failed_is_sent_again(office, state):
    message = MessageFactory(**state)
    before = Message.objects.filter(pk=message.pk).values().get()

    office.post(f"/admin/correspondence/message/{message.pk}/send-again/")

    assert Message.objects.filter(pk=message.pk).values().get() == before


QUESTIONS = [
    "/admin/participants/participant/?q={}",
    "/admin/participants/participant/?family_name__startswith={}",
    "/admin/participants/participant/?email__contains={}",
    "/admin/participants/participant/?user__email__contains={}",
    "/admin/participants/participant/export.csv?q={}",
    "/admin/autocomplete/?app_label=participants&model_name=reveal&field_name=participant&term={}",
    "/admin/autocomplete/?app_label=participants&model_name=participant&field_name=user&term={}",
    "/admin/correspondence/message/?q={}",
    "/admin/correspondence/message/?to__contains={}",
    "/admin/accounts/user/?q={}",
    "/admin/accounts/user/?email__contains={}",
]


def answer_to(browser, question, word):
    """The page without the word that was asked for, and without what is new each time."""
    response = browser.get(question.format(word), follow=True)
    page = re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return response.status_code, re.sub(word, "WORD", page, flags=re.IGNORECASE)


@pytest.mark.parametrize("who", ["secretariat", "host_liaison", "desk", "auditor"])
def test_a_question_about_somebody_protected_is_answered_like_one_about_nobody(
    request, client_of, protected_registration, registration, who
):
    browser = client_of(request.getfixturevalue(who))

    told = [
        question.format(word)
        for question in QUESTIONS
        for word in ("canary", "livia", "polizia")
        if answer_to(browser, question, word) != answer_to(browser, question, "zyzyzyz")
    ]

    assert told == []


def test_the_same_question_about_somebody_open_is_answered(client_of, secretariat, registration):
    """Or the comparison above would see nothing at all."""
    browser = client_of(secretariat)

    answers = [answer_to(browser, QUESTIONS[0], word) for word in ("orrin", "zyzyzyz")]

    assert answers[0] != answers[1]
