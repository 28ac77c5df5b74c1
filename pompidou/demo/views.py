"""The demo's own pages: where to start, the mails that were sent, and the gallery of pieces."""

import csv
from collections.abc import Iterable
from typing import Any

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from correspondence.html import framed
from meetings.models import Meeting
from participants.cells import xlsx_file
from participants.exporting import CONTENT_TYPES
from pompidou.demo import doors, mailbox
from pompidou.demo.accounts import ACCOUNTS, Label
from pompidou.demo.gallery import pieces, sample_meeting
from pompidou.demo.roster import DATA

XLSX = CONTENT_TYPES["xlsx"]


def start(request: HttpRequest) -> HttpResponse:
    """What the demo is, who one can be in it, and what to try."""
    staff = [account for account in ACCOUNTS if account.password]
    experts = [account for account in ACCOUNTS if not account.password]
    return render(request, "demo/start.html", {"staff": staff, "experts": experts, "door": doors.link(), "pin": doors.PIN})


def badge_picture(request: HttpRequest) -> HttpResponse:
    """The code of somebody's badge as a picture, to scan at the door."""
    badge = doors.waiting_badge()
    if badge is None:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="badge.png"'}
    return HttpResponse(doors.picture(badge), content_type="image/png", headers=headers)


def mails(request: HttpRequest) -> HttpResponse:
    """The mails that would have been sent, the newest first."""
    return render(request, "demo/mails.html", {"mails": mailbox.newest(), "crumbs": crumbs(_("Mails sent"))})


def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its plain text, and its HTML twin in a frame that runs nothing; its links open in the whole window."""
    letter = found(name)
    trail = crumbs(letter.subject, (_("Mails sent"), reverse("demo_mails")))
    twin = framed(letter.html)
    draw: Any = csp_update({"style-src": [twin.allowed]})(render)  # type: ignore[arg-type]  # its types know no view with arguments
    html = twin.html.replace("<head>", '<head><base target="_top">', 1)
    return draw(request, "demo/mail.html", {"mail": letter, "html": html, "crumbs": trail})


def found(name: str) -> mailbox.Mail:
    """The mail of that name; the page of a mail that is gone does not exist."""
    letter = mailbox.find(name)
    if letter is None:
        raise Http404
    return letter


def list_2016(request: HttpRequest) -> HttpResponse:
    """A list of invented people as somebody else's program would write it, to import."""
    with (DATA / "list-2016.csv").open(encoding="utf-8", newline="") as file, xlsx_file([padded(csv.reader(file))], title="Liste") as book:
        content = book.read()
    headers = {"Content-Disposition": 'attachment; filename="list-2016.xlsx"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def padded(rows: Iterable[list[str]]) -> list[list[str]]:
    """The rows, all as wide as the widest."""
    known = list(rows)
    width = max(map(len, known))
    return [[*row, *[""] * (width - len(row))] for row in known]


def gallery(request: HttpRequest) -> HttpResponse:
    """Every piece in every state."""
    return render(request, "demo/gallery.html", {**pieces(), "crumbs": crumbs(_("Gallery"))})


def gallery_banner(request: HttpRequest, phase: str) -> HttpResponse:
    """The banner of a meeting at that phase."""
    if phase not in Meeting.Phase.values:
        raise Http404
    shown = Meeting.Phase(phase)
    trail = crumbs(shown.label, (_("Gallery"), reverse("demo_gallery")))
    return render(request, "demo/gallery_banner.html", {"meeting": sample_meeting(), "phase": shown, "crumbs": trail})


def gallery_confirm(request: HttpRequest) -> HttpResponse:
    """The page that asks before what cannot be undone."""
    return render(request, "demo/gallery_confirm.html", {"crumbs": crumbs(_("Confirm page"), (_("Gallery"), reverse("demo_gallery")))})


def crumbs(here: Label, *between: tuple[str, str]) -> list[tuple[Label, str]]:
    """The way from the demo's first page to this one."""
    return [(_("Demo"), reverse("demo")), *between, (here, "")]
