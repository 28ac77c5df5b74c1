"""Every page under /fr/ speaks French: no English text of the catalogue shows on it, nor plain English of a library."""

import re
from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import Resolver404, resolve

from correspondence.models import Message
from participants.admin.decisions import DECISIONS
from participants.importing import applying
from participants.importing.planning import Group
from participants.models import ExportRecord, ImportRecord, Participant, Reveal
from tests.factories import (
    PASSWORD,
    CountryFactory,
    MeetingFactory,
    MessageFactory,
    ParticipantFactory,
    RoomFactory,
    SectorFactory,
    SessionFactory,
    UserFactory,
)
from tests.project.catalogue import entries
from tests.project.test_catalogue import PLACEHOLDER, TAG

PHASES = ("announced", "open", "closed", "running", "over")
STATES = ("pending", "waitlisted", "confirmed", "declined", "withdrawn")
SHORTEST = 13  # shorter words may be the same in both languages, or part of a name
SPOKEN = ("alt", "aria-label", "placeholder", "title", "data-done")
CONTENT = re.compile(r"\bfield-(?:\w+_en|note)\b")  # columns whose words are entered, in English
# Words that betray somebody else's English: a library without French, a text that nobody marked for translation.
PLAIN_ENGLISH = re.compile(r"\b(?:the|your|you|please|this|with|was|cannot)\b", re.IGNORECASE)
REGISTER = "/fr/meetings/open/register/"
LIST = "/fr/admin/participants/participant/"
IMPORTS = "/fr/admin/participants/importrecord/"
ANSWERS = {
    "sector": "police",
    "step": "check",
    "submission_key": "k" * 32,
    "family_name": "Ní Bhriain",
    "email": "siobhan@garda.example",
    "language": "fr",
    "country": "IE",
    "organisation": "Garda",
    "function": "Enquêtrice",
    "listening_language": "fr",
    "visibility": "full",
    "privacy_accepted": "on",
}

pytestmark = [pytest.mark.urls("tests.pompidou.demo_urls"), pytest.mark.django_db]


class Reader(HTMLParser):
    """What a reader of the page sees or hears, and where its links lead; without what people typed and what is marked as English."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        is_english = given.get("lang", "fr") != "fr" or CONTENT.search(given.get("class", ""))
        is_silent = tag in {"script", "style", "textarea"} or (is_english and tag not in {"input", "link"})
        if (self.silent and tag == self.silent[0]) or (not self.silent and is_silent):
            self.silent.append(tag)
        if tag == "a":
            self.links.append(given.get("href", ""))
        if not self.silent:
            self.words += [given[name] for name in SPOKEN if name in given]
            self.words += [given.get("value", "")] if (tag, given.get("type")) == ("input", "submit") else []

    def handle_endtag(self, tag):
        if self.silent and tag == self.silent[0]:
            self.silent.pop()

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def pieces(text):
    """The stretches of a text between what varies."""
    return [" ".join(part.split()) for part in re.split(rf"{PLACEHOLDER.pattern}|{TAG.pattern}", text)]


ENGLISH = {
    piece
    for entry in entries()
    for text in (entry.text.msgid, entry.text.plural)
    for piece in pieces(text)
    if len(piece) >= SHORTEST and not any(piece in french for french in entry.french)
}


def english_on(html):
    """The English texts that show on a page, and the links on it."""
    reader = Reader()
    reader.feed(html)
    text = " ".join(" | ".join(reader.words).split())
    ours = [piece for piece in ENGLISH if piece in text and re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text)]
    others = [text[max(0, match.start() - 30) : match.end() + 30] for match in PLAIN_ENGLISH.finditer(text)]
    return sorted(ours) or others, reader.links


class Walk:
    """Follows links from page to page as one person, keeping what English each shows. Of pages alike it looks at one."""

    def __init__(self, client) -> None:
        self.client = client
        self.seen = Counter()
        self.found = {}

    def follow(self, *starts) -> None:
        waiting = deque(starts)
        while waiting:
            address = waiting.popleft()
            response = self.client.get(address)
            moved = response.status_code in (301, 302)
            links = [response.headers["Location"]] if moved else self.read(address, response)
            waiting += [link for link in (urljoin(address, link) for link in links) if self.is_new(link)]

    def send(self, address, answers=(), **more) -> None:
        """Post a form, and read the page that comes."""
        self.read(f"{address} {more}", self.client.post(address, {**dict(answers), **more}, follow=True))

    def read(self, name, response) -> list[str]:
        if "text/html" not in response.headers.get("Content-Type", ""):
            return []
        words, links = english_on(response.content.decode())
        if words:
            self.found[name] = words
        return links

    def is_new(self, link) -> bool:
        """True for a French page of ours whose like was not looked at."""
        path = urlsplit(link).path
        if urlsplit(link).netloc or not path.startswith("/fr/"):
            return False
        try:
            name = resolve(path).view_name
        except Resolver404:
            return False
        self.seen[name] += 1
        return self.seen[name] == 1


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    """The demo's pages are pages too."""
    settings.DEMO = True
    settings.DEMO_MAIL_DIR = settings.EMAIL_FILE_PATH = tmp_path / "mail"


@pytest.fixture
def site(db):
    """A meeting in each phase, people in each state, and one row at least of everything the back office shows."""
    meetings = {phase: MeetingFactory(slug=phase, **({} if phase == "open" else {phase: True})) for phase in PHASES}
    MeetingFactory(slug="draft", is_published=False)
    room = RoomFactory(meeting=meetings["open"])
    SessionFactory(meeting=meetings["open"], room=room)
    SessionFactory(meeting=meetings["open"], room=room, kind="closed", families=["judiciary"])
    french = {"language": "fr", "organisation": "Police nationale", "sector": SectorFactory(code="prosecutor")}
    for state in STATES:
        reason = {"state_reason": "Nombre de places limité."} if state == "declined" else {}
        ParticipantFactory(meeting=meetings["open"], family_name=state, **french, **reason, **{state: True})
    ParticipantFactory(meeting=meetings["open"], unconfirmed=True)
    hidden = ParticipantFactory(meeting=meetings["open"], protected=True)
    for _n in range(6):
        ParticipantFactory(meeting=meetings["over"], country=CountryFactory(code="DE"))
    for state in ({}, {"sent": True}, {"failed": True}):
        MessageFactory(language="fr", subject="Bonjour", body="Bonjour", **state)
    clerk = UserFactory(staff=True)
    ExportRecord.objects.create(made_by=clerk, purpose="full", filters={"Statut": "Confirmée"})
    Reveal.objects.create(made_by=clerk, participant=hidden, reason="Demandé par l’hôte.")
    return meetings["open"]


@pytest.fixture
def administrator(db):
    """Has every right, and a name that is no English word."""
    return UserFactory(name="N. Bruni", staff=True, is_superuser=True)


def test_english_is_seen():
    page = '<p>Check your answers</p> <a href="/fr/" title="Back to the meeting">x</a> <b lang="en">My registrations</b>'

    assert english_on(page) == (["Back to the meeting", "Check your answers"], ["/fr/"])
    assert english_on("<p>Oui, please.</p>") == (["Oui, please."], [])
    assert english_on("<p>Vérifiez vos réponses.</p>") == ([], [])


def test_public_pages(site, client):
    walk = Walk(client)
    walk.follow("/fr/", "/fr/demo/", "/fr/accounts/login/?next=/fr/admin/", *(f"/fr/meetings/{phase}/" for phase in PHASES))
    walk.follow(*(f"/fr/meetings/{phase}/register/" for phase in PHASES), *(f"/fr/demo/gallery/banner/{phase}/" for phase in PHASES))
    walk.follow("/fr/nowhere/", "/fr/meetings/draft/", "/fr/accounts/signup/", "/fr/accounts/password/reset/done/")
    walk.follow("/fr/accounts/inactive/", "/fr/accounts/password/reset/key/1-altered/", "/fr/accounts/signed-out/", "/fr/my/")
    walk.send("/fr/accounts/login/", login="nobody@post.example", password="wrong")
    walk.send("/fr/accounts/login/code/", email="nobody")
    walk.send("/fr/accounts/login/code/", email="nobody@post.example")
    walk.send("/fr/accounts/login/code/confirm/", code="WRONG")

    assert walk.found == {}


def test_every_step_of_registering(site, client):
    walk = Walk(client)
    walk.follow(f"{REGISTER}?asked=1", *(f"{REGISTER}?sector={code}" for code in ("police", "academia", "international", "industry")))
    walk.send(REGISTER, sector="police", step="check")
    walk.send(REGISTER, ANSWERS, email="a@b", arrives_on="x", departs_on="1999-01-01", phone="?", function="\u200b", diet="other")
    walk.send(REGISTER, ANSWERS)
    walk.send(REGISTER, ANSWERS, focus="sector")
    walk.send("/fr/meetings/closed/register/", ANSWERS)
    walk.send(REGISTER, ANSWERS, step="send")
    [link] = re.findall(r"http://[^/]+(/fr/\S+)", Message.objects.latest("pk").body)
    walk.follow(link)
    walk.send(link)
    walk.follow(link, "/fr/registrations/confirm/altered/", "/fr/registrations/confirmed/altered/")

    assert walk.found == {}


@pytest.mark.parametrize("state", STATES)
def test_pages_of_ones_own(site, client_of, state):
    walk = Walk(client_of(Participant.objects.get(family_name=state).user))
    walk.follow("/fr/my/", "/fr/meetings/open/", *(f"/fr/my/open/{page}" for page in ("", "edit/", "withdraw/", "reopen/")))
    if state == "confirmed":
        walk.follow("/fr/my/open/passport/")
        walk.send("/fr/my/open/passport/", number="?", issued_on="x", born_on="2099-01-01", expires_on="1999-01-01")
    walk.send("/fr/my/open/edit/", family_name="", function="")
    walk.send(f"/fr/my/open/{'reopen' if state == 'withdrawn' else 'withdraw'}/")

    assert walk.found == {}


def test_pages_of_somebody_who_is_not_registered(site, client_of):
    walk = Walk(client_of(UserFactory()))
    walk.follow("/fr/my/", "/fr/my/open/", "/fr/admin/")

    assert walk.found == {}


def test_pages_of_ones_sign_in(site, client_of, administrator):
    walk = Walk(client_of(administrator))
    walk.follow("/fr/accounts/logout/", "/fr/accounts/password/change/", "/fr/accounts/2fa/", "/fr/accounts/reauthenticate/")
    walk.send("/fr/accounts/password/change/", oldpassword="wrong", password1="a", password2="b")
    walk.send("/fr/accounts/reauthenticate/", password="wrong")
    walk.send("/fr/accounts/reauthenticate/", password=PASSWORD)
    walk.follow("/fr/accounts/2fa/totp/activate/", "/fr/accounts/2fa/webauthn/add/", "/fr/accounts/2fa/webauthn/")

    assert walk.found == {}


@pytest.mark.parametrize("who", ["administrator", "secretariat", "auditor"])
def test_the_back_office(site, client_of, request, who):
    walk = Walk(client_of(request.getfixturevalue(who)))
    walk.follow("/fr/admin/", "/fr/admin/?meeting=over", "/fr/admin/?meeting=announced", LIST, f"{LIST}?meeting__id__exact=0&q=qqqq")
    one_of_each = {(person.state, person.is_protected, person.meeting_id): person.pk for person in Participant.objects.all()}
    walk.follow(*(f"{LIST}{pk}/{page}/" for pk in one_of_each.values() for page in ("change", "history")))

    assert walk.found == {}


def test_what_the_back_office_answers(site, client_of, secretariat):
    walk = Walk(client_of(secretariat))
    people = {person.family_name: person.pk for person in Participant.objects.all()}
    hidden = Participant.objects.get(is_protected=True).pk
    message = Message.objects.get(state="failed").pk
    for decision in DECISIONS:
        walk.send(f"{LIST}decide/{decision}/", people=[people[state] for state in STATES])
        walk.send(f"{LIST}decide/{decision}/", people=[people[state] for state in STATES], asked="1", reason="Motif")
    walk.follow(f"{LIST}{hidden}/reveal/")
    walk.send(f"{LIST}{hidden}/reveal/")
    walk.send(f"{LIST}{hidden}/reveal/", reason="Demandé par l’hôte.")
    walk.send(f"{LIST}export.csv")
    walk.send(f"/fr/admin/correspondence/message/{message}/send-again/")
    walk.send(f"/fr/admin/meetings/meeting/{site.pk}/change/", starts_on="x")
    walk.send(f"{LIST}add/")

    assert walk.found == {}


def test_every_step_of_an_import(site, client_of, secretariat):
    walk = Walk(client_of(secretariat))
    rows = "Nom de famille,Pays,Secteur,Adresse électronique\nLefèvre,Atlantide,Police,?\nMarchetti,FR,Police,\nRebane,FR,Poulice,\n"
    walk.follow(f"{LIST}import/")
    walk.send(f"{LIST}import/", meeting=site.pk, new_state="confirmed", file=SimpleUploadedFile("x.pdf", b"%PDF-1.4"))
    walk.send(f"{LIST}import/", meeting=site.pk, new_state="confirmed", file=SimpleUploadedFile("x.csv", rows.encode()))
    record = ImportRecord.objects.get()
    page = f"{LIST}import/{record.pk}/"
    walk.send(f"{page}columns/", column_0="email", column_1="email")
    walk.send(f"{page}columns/", column_0="family_name", column_1="country", column_2="sector", column_3="email")
    walk.follow(*(f"{page}rows/?group={group}" for group in Group.values))
    walk.send(f"{page}rows/", **{"leave": ["2"], "cell-4-sector": "Police"})
    walk.follow(f"{page}write/")
    walk.send(f"{page}write/", count="1")
    walk.send(f"{page}write/", count="2")
    walk.follow(page)
    applying.write(record.pk)
    walk.follow(page, IMPORTS, f"{IMPORTS}{record.pk}/change/")

    assert walk.found == {}
