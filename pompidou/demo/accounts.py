"""The accounts of the demo, one per role. Their passwords are public on purpose: they open invented data only."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


@dataclass(frozen=True)
class DemoAccount:
    """Somebody to try the demo as. Without a password they sign in by a code, which is among the demo's mails."""

    role: Label
    sees: Label
    email: str
    name: str
    password: str = ""
    group: str = ""
    start: str = "/admin/"
    is_administrator: bool = False
    country: str = ""  # for which they are Permanent Correspondent
    body: str = ""  # the organisation for which they put names forward


ACCOUNTS = (
    DemoAccount(
        role=_("Administrator"),
        sees=_("Everything, and gives others their rights."),
        email="administrator@pompidou.example",
        name="Nicoletta Bruni",
        password="demo-administrator-2026",
        is_administrator=True,
    ),
    DemoAccount(
        role=_("Secretariat"),
        sees=_("Runs everything: meetings, registrations, decisions, lists, mail."),
        email="secretariat@pompidou.example",
        name="Aurélie Fontaine",
        password="demo-secretariat-2026",
        group="Secretariat",
    ),
    DemoAccount(
        role=_("Visa letters"),
        sees=_("The passport data of those who need a letter for their visa; who has a place, and nothing else of them."),
        email="visas@pompidou.example",
        name="Katarzyna Wróbel",
        password="demo-visa-letters-2026",
        group="Visa letters",
    ),
    DemoAccount(
        role=_("Host liaison"),
        sees=_("Arrivals, head-counts and the list for the police of the host country; no dietary needs, no mail."),
        email="host@dublin.example",
        name="Eoin Gallagher",
        password="demo-host-liaison-2026",
        group="Host liaison",
    ),
    DemoAccount(
        role=_("Check-in desk"),
        sees=_("Who is expected, and nothing else of them."),
        email="desk@pompidou.example",
        name="Marta Nowak",
        password="demo-check-in-desk-2026",
        group="Check-in desk",
    ),
    DemoAccount(
        role=_("Rapporteur"),
        sees=_("The programme and the reference data; may change sessions."),
        email="rapporteur@pompidou.example",
        name="Sofia Almeida",
        password="demo-rapporteur-2026",
        group="Rapporteur",
    ),
    DemoAccount(
        role=_("Auditor"),
        sees=_("Who saw, exported, revealed or decided what, when and why, and the states of the mails; changes nothing."),
        email="auditor@pompidou.example",
        name="Henrik Lund",
        password="demo-auditor-2026",
        group="Auditor",
        start="/admin/audit/",
    ),
    DemoAccount(
        role=_("Expert"),
        sees=_("Their own registration: status, answers, withdrawal."),
        email="expert@police.example",
        name="Ilse Vandenberghe",
        start="/my/",
    ),
    DemoAccount(
        role=_("Protected participant"),
        sees=_("The same; everybody else sees an alias in place of the name."),
        email="protected@customs.example",
        name="Representative",
        start="/my/",
    ),
    DemoAccount(
        role=_("Participant from a company"),
        sees=_("The same; sessions closed to companies have no title."),
        email="industry@paylantern.example",
        name="Freja Damsgaard",
        start="/my/",
    ),
    DemoAccount(
        role=_("Permanent Correspondent of Ireland"),
        sees=_("One country only: its invitation, its places and whom it put forward."),
        email="correspondent@ireland.ministry.example",
        name="Gráinne Tuohy",
        start="/delegation/",
        country="IE",
    ),
    DemoAccount(
        role=_("Permanent Correspondent of France"),
        sees=_("One country only: its invitation, its places and whom it put forward."),
        email="correspondent@france.ministry.example",
        name="Thibault Garrec",
        start="/delegation/",
        country="FR",
    ),
    DemoAccount(
        role=_("Permanent Correspondent of Portugal"),
        sees=_("One country only: its invitation, its places and whom it put forward."),
        email="correspondent@portugal.ministry.example",
        name="Leonor Seabra",
        start="/delegation/",
        country="PT",
    ),
    DemoAccount(
        role=_("Correspondent of Europol"),
        sees=_("One organisation only: its invitation, its places and whom it put forward."),
        email="liaison@europol.example",
        name="Matthias Oberhauser",
        start="/delegation/",
        body="EUROPOL",
    ),
)
