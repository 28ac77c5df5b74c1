"""The board "Who comes" as a page and as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts import fresh
from accounts.models import User
from meetings.admin import key_of
from meetings.languages import current_language
from meetings.models import Meeting
from participants import board, cells
from participants.board import Line
from participants.campaigns import INVITED, INVITED_PEOPLE
from participants.exports import MAY_EXPORT
from participants.models import ExportRecord, Participant

MAY_SEE = ("delegations.view_invitation", "participants.view_all_registrations")


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice above the board."""

    label: str
    number: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line with the addresses its numbers lead to."""

    line: Line
    page: str
    registered: str
    confirmed: str


@dataclass(frozen=True)
class Choice:
    """What the address asks for; what it does not know it does not ask for."""

    meeting: Meeting
    group: str
    shown: str

    def url(self, **changes: str) -> str:
        """The board with these changes."""
        asked = {"meeting": str(self.meeting.pk), "group": self.group, "show": self.shown, **changes}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def chosen(request: HttpRequest, meetings: Sequence[Meeting]) -> Choice:
    """The meeting asked for, else the coming one, else the last; the rest of the address."""
    if not meetings:
        raise Http404
    wanted, now = key_of(request.GET.get("meeting")), timezone.now()
    ahead = [meeting for meeting in meetings if meeting.ends_on >= meeting.today(now)]
    coming = ahead[-1] if ahead else meetings[0]
    meeting = next((meeting for meeting in meetings if meeting.pk == wanted), coming)
    group, shown = request.GET.get("group", ""), request.GET.get("show", "")
    return Choice(meeting, group if group in board.GROUPS else "", shown if shown in board.SHOWN else "")


def board_view(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Every country, organisation and named person with its numbers."""
    if not request.user.has_perms(MAY_SEE):
        raise PermissionDenied
    meetings = list(Meeting.objects.order_by("-starts_on", "-pk"))
    choice = chosen(request, meetings)
    every = board.lines_of(choice.meeting, at=timezone.now())
    lines = board.filtered(every, group=choice.group, shown=choice.shown)
    groups, shown = board.options(every, group=choice.group, shown=choice.shown)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Who comes"),
        "opts": model_admin.opts,
        "meeting": choice.meeting,
        "meetings": meetings,
        "rows": [row_of(line, choice.meeting) for line in lines],
        "totals": board.totals(lines),
        "groups": chips(board.GROUPS, groups, choice, "group", choice.group, _("All")),
        "shown": chips(board.SHOWN, shown, choice, "show", choice.shown, _("Any state")),
        "export_url": reverse("admin:delegations_invitation_board_csv") + choice.url(),
        "may_export": request.user.has_perm(MAY_EXPORT),
        "may_send": request.user.has_perm("delegations.send_invitation"),
        "writes": ways_to_write(choice, lines) if request.user.has_perm("correspondence.add_campaign") else [],
        "may_invite": request.user.has_perm("delegations.add_invitation"),
        "drafts": sum(line.can_be_sent for line in every),
        "step_query": choice.url(back="board"),
        "silent": shown["silent"] if not choice.group else sum(line.is_silent for line in every),
    }
    return TemplateResponse(request, "admin/delegations/invitation/board.html", context)


def ways_to_write(choice: Choice, lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Campaigns to the lines shown, and in one step to the silent among them: a letter to a delegation is none to a person."""
    invited = [line.invitation for line in lines if line.is_invited and line.invitation]
    silent = [line.invitation for line in lines if line.is_silent and line.invitation]
    labels = {INVITED.key: _("Write to delegations"), INVITED_PEOPLE.key: _("Write to named persons")}
    quick = {INVITED.key: _("Write to silent delegations"), INVITED_PEOPLE.key: _("Write to silent persons")}
    ways = []
    for is_person, audience in ((False, INVITED), (True, INVITED_PEOPLE)):
        address = reverse("admin:correspondence_campaign_write", args=[audience.key])
        if any(one.is_to_person == is_person for one in invited):
            ways.append((labels[audience.key], address + choice.url()))
        if not choice.shown and any(one.is_to_person == is_person for one in silent):
            ways.append((quick[audience.key], address + choice.url(show="silent")))
    return ways


def chips(labels: Any, numbers: dict[str, int], choice: Choice, name: str, value: str, every: str) -> list[Chip]:
    """The choices of one filter, with how many lines each would show."""
    known = {"": every, **labels}
    return [Chip(str(known[key]), number, choice.url(**{name: key}), key == value) for key, number in numbers.items()]


def row_of(line: Line, meeting: Meeting) -> Row:
    """Where the numbers of a line lead: its invitation, and the lists of people they count."""
    page = reverse("admin:delegations_invitation_change", args=[line.invitation.pk]) if line.invitation else ""
    query: dict[str, Any] = {"meeting__id__exact": meeting.pk}
    if line.country:
        query["country__id__exact"] = line.country
    if len(line.categories) == 1:
        query["category__exact"] = next(iter(line.categories))
    people = reverse("admin:participants_participant_changelist")
    confirmed = {**query, "state__exact": Participant.State.CONFIRMED}
    return Row(line, page, f"{people}?{urlencode(query)}", f"{people}?{urlencode(confirmed)}")


# --- the file ---


def board_csv(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The same lines as a file, with its row in the ledger of exports."""
    if not (request.user.has_perms(MAY_SEE) and request.user.has_perm(MAY_EXPORT)):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if answer := fresh.ask_again(request, back=f"{reverse('admin:delegations_invitation_board')}?{request.GET.urlencode()}"):
        return answer
    choice = chosen(request, list(Meeting.objects.order_by("-starts_on", "-pk")))
    lines = board.filtered(board.lines_of(choice.meeting, at=timezone.now()), group=choice.group, shown=choice.shown)
    rows = [headings(), *map(cells_of, lines)]
    filters = {"group": str(board.GROUPS.get(choice.group, "")), "show": str(board.SHOWN.get(choice.shown, ""))}
    record = ExportRecord.objects.create(
        made_by=cast(User, request.user),
        meeting=choice.meeting,
        purpose="invitations",
        filters={name: value for name, value in filters.items() if value},
        columns=headings(),
        options={"format": "csv", "language": current_language()},
        rows=len(lines),
    )
    name = f"who-comes-{choice.meeting.slug}-{timezone.localdate(record.made_at)}.csv"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "", "Cache-Control": "no-store"}
    return HttpResponse(b"".join(cells.csv_chunks([rows])), content_type="text/csv; charset=utf-8", headers=headers)


def headings() -> list[str]:
    """What stands above the columns."""
    asked = [_("Group"), _("Invited"), _("Reference"), _("Status"), _("Reply"), _("Deadline"), _("Places"), _("Reimbursed")]
    return [*asked, _("Nominated"), _("Registered"), _("Confirmed")]


def cells_of(line: Line) -> list[Any]:
    """One line of the file."""
    asked = line.invitation
    invitation = (
        [asked.reference, asked.get_state_display(), asked.reply_label, asked.deadline, asked.quota, asked.reimbursed_quota]
        if asked
        else [""] * 6
    )
    return [str(board.GROUPS[line.group]), line.name, *invitation, line.nominated, line.registered, line.confirmed]


def views() -> Iterator[tuple[str, Any, str]]:
    """The addresses of this module below the list of invitations."""
    yield "board/", board_view, "board"
    yield "board/export.csv", board_csv, "board_csv"
