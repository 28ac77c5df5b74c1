"""The programme of one meeting on one page: hours and rooms edited in place, moved, added, published, and what clashes."""

from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from attendance.admin.plans import AddForm, CopyForm, PublishForm, RowForm, ShiftForm, lines_of, words
from attendance.clashes import clashes_of
from attendance.errors import NothingNew
from attendance.programme import voices_for
from attendance.services import publishing
from attendance.speaking import marks_of
from meetings import services, versions
from meetings.models import Meeting, Session
from meetings.programme import Eyes
from participants.admin.reveals import sight_for, user_of

PAGE = "admin/meetings/meeting/programme.html"
ALL = Eyes(sees_all=True)


def must(request: HttpRequest, *permissions: str) -> None:
    """Refuse whoever lacks one of these rights."""
    if not request.user.has_perms(permissions):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def editor_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All sessions by day with what clashes; a POST saves the hours and rooms that were changed, all or none."""
    must(request, "meetings.view_session")
    meeting = get_object_or_404(Meeting, pk=pk)
    if request.method != "POST":
        return draw(request, meeting)
    must(request, "meetings.change_session")
    rows = rows_of(meeting, request.POST)
    sent = [row for row in rows if row.is_bound]
    if not all([row.is_valid() for row in sent]):  # noqa: C419  every row shall say what is wrong with it
        return draw(request, meeting, rows=rows)
    with transaction.atomic():
        moved = [
            services.move_session(session=row.session, **row.cleaned_data["move"], by=user_of(request)) for row in sent if row.has_changed()
        ]
    note(request, moved, "starts_at", "ends_at", "room")
    text = ngettext("%(n)s session is changed.", "%(n)s sessions are changed.", len(moved)) % {"n": len(moved)}
    messages.success(request, text if moved else _("Nothing was changed."))
    return back(meeting)


@require_POST
def add_session(request: HttpRequest, pk: int) -> HttpResponse:
    """One more session with the little that it needs."""
    must(request, "meetings.add_session")
    meeting = get_object_or_404(Meeting, pk=pk)
    form = AddForm(request.POST, meeting=meeting, rooms=list(meeting.rooms.all()))
    if not form.is_valid():
        return draw(request, meeting, add=form)
    session = form.made()
    try:
        session.full_clean()
    except ValidationError as error:
        form.add_error(None, error.messages)
        return draw(request, meeting, add=form)
    session._history_user = user_of(request)  # type: ignore[attr-defined]
    session.save()
    note(request, [session])
    messages.success(request, _("“%(title)s” is added.") % {"title": session})
    return back(meeting)


@require_POST
def shift_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Move one session or all from it on by some minutes."""
    must(request, "meetings.change_session")
    meeting = get_object_or_404(Meeting, pk=pk)
    form = ShiftForm(request.POST, sessions=held(meeting))
    if not form.is_valid():
        return draw(request, meeting, shift=form)
    chosen = form.cleaned_data
    session = form.sessions[chosen["session"]]
    try:
        moved = services.shift(session=session, minutes=chosen["minutes"], with_later=chosen["scope"] == "later", by=user_of(request))
    except services.Refused as refused:
        form.add_error(None, str(refused))
        return draw(request, meeting, shift=form)
    note(request, moved, "starts_at", "ends_at")
    text = ngettext("%(n)s session moved by %(minutes)s minutes.", "%(n)s sessions moved by %(minutes)s minutes.", len(moved))
    messages.success(request, text % {"n": len(moved), "minutes": chosen["minutes"]})
    return back(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be published, who would be told, and the versions so far; a POST publishes."""
    must(request, "meetings.add_programmeversion")
    meeting = get_object_or_404(Meeting, pk=pk)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return publish(request, meeting, form)
    changes = versions.unpublished_changes(meeting, marks_of(meeting))
    context = {
        **frame(request, meeting, _("Publish the programme")),
        "form": form,
        "changes": sentences(changes),
        "told": publishing.to_be_told(changes),
        "last": versions.last_public(meeting),
        "clashing": len(clashes_for(request, meeting)),
    }
    return TemplateResponse(request, "admin/meetings/meeting/publish.html", context)


def publish(request: HttpRequest, meeting: Meeting, form: PublishForm) -> HttpResponse:
    """Keep the version and tell how many are told; what is public already stays as it is."""
    try:
        version, told = publishing.publish(meeting=meeting, **form.cleaned_data, at=timezone.now(), by=user_of(request))
    except NothingNew as problem:
        messages.warning(request, str(problem))
        return back(meeting)
    text = ngettext("%(version)s is kept; %(n)s person is told by mail.", "%(version)s is kept; %(n)s people are told by mail.", told)
    messages.success(request, text % {"version": version, "n": told})
    return back(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def copy_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a meeting, see its sessions on the days of this one, then copy them."""
    must(request, "meetings.add_session", "meetings.add_room")
    target = get_object_or_404(Meeting, pk=pk)
    form = CopyForm(request.POST or request.GET or None, target=target)
    source = form.cleaned_data["source"] if form.is_bound and form.is_valid() else None
    if request.method == "POST" and source:
        made = services.copy_frame(source=source, target=target, by=user_of(request))
        note(request, made)
        text = ngettext("%(n)s session is copied from %(source)s.", "%(n)s sessions are copied from %(source)s.", len(made))
        messages.success(request, text % {"n": len(made), "source": source})
        return back(target)
    preview = services.frame_of(source, target) if source else []
    context = {
        **frame(request, target, _("Copy from a past meeting")),
        "form": form,
        "source": source,
        "preview": [(words(session), session.room) for session in preview],
        "outside": sum(session.local_start().date() not in target.days for session in preview),
        "there": target.sessions.count(),
    }
    return TemplateResponse(request, "admin/meetings/meeting/copy.html", context)


# --- the page ---


def draw(request: HttpRequest, meeting: Meeting, *, rows: Any = None, add: Any = None, shift: Any = None) -> HttpResponse:
    """The page, with forms that were refused as they were sent."""
    rows = rows_of(meeting) if rows is None else rows
    clashes = clashes_for(request, meeting)
    changes = versions.unpublished_changes(meeting, marks_of(meeting))
    context = {
        **frame(request, meeting, _("Programme")),
        "days": lines_of(rows, names_for(request, meeting), clashes),
        "clashing": len(clashes),
        "may_change": request.user.has_perm("meetings.change_session"),
        "may_add": request.user.has_perm("meetings.add_session"),
        "add": add or AddForm(meeting=meeting, rooms=list(meeting.rooms.all())),
        "shift": shift or ShiftForm(sessions=[row.session for row in rows if not row.session.is_cancelled]),
        "refused": any(form is not None and form.errors for form in (add, shift)) or any(row.is_bound and row.errors for row in rows),
        "last": versions.last_public(meeting),
        "changes": sentences(changes),
        "told": publishing.to_be_told(changes),
    }
    return TemplateResponse(request, PAGE, context)


def frame(request: HttpRequest, meeting: Meeting, title: str) -> dict[str, Any]:
    """What every page about the programme of a meeting shows around its content."""
    may_publish = request.user.has_perm("meetings.add_programmeversion")
    versions_so_far = meeting.programme_versions.select_related("published_by").defer("snapshot")
    return {
        **admin.site.each_context(request),
        "title": title,
        "meeting": meeting,
        "opts": Meeting._meta,
        "may_publish": may_publish,
        "versions": [(str(version), version.published_at.astimezone(meeting.zone), version.published_by) for version in versions_so_far],
    }


def rows_of(meeting: Meeting, data: Any = None) -> list[RowForm]:
    """A form for each session in order; three queries."""
    rooms = list(meeting.rooms.all())
    return [RowForm(data, session=session, rooms=rooms) for session in meeting.sessions.in_order().select_related("room", "meeting")]


def held(meeting: Meeting) -> list[Session]:
    """The sessions that take place, in order."""
    return list(meeting.sessions.held().in_order().select_related("room", "meeting"))


def clashes_for(request: HttpRequest, meeting: Meeting) -> dict[int, list[str]]:
    """What clashes, with people as the reader may see them; whoever may not know who comes hears nothing of people."""
    sees = request.user.has_perm("participants.view_all_registrations")
    journeys = request.user.has_perm("participants.view_journey")
    return clashes_of(meeting, sight_for(request) if sees else None, sees_journeys=sees and journeys)


def names_for(request: HttpRequest, meeting: Meeting) -> dict[int, list[str]]:
    """Those with a part who come, by session, as the reader may see them; whoever may not know who comes sees nobody."""
    if not request.user.has_perm("participants.view_all_registrations"):
        return {}
    found = voices_for(sight_for(request), meeting)
    return {pk: [str(replace(voice, words="")) for voice in voices] for pk, voices in found.items()}


def sentences(changes: list[versions.Change]) -> list[str]:
    """What changed, as the secretariat reads it."""
    return [line for change in changes for line in change.lines(ALL)]


def note(request: HttpRequest, sessions: list[Session], *changed: str) -> None:
    """A line in the trail of the back office for each session: these columns changed, or without any it was added."""
    admin_of = admin.site._registry[Session]
    columns = {field.name: field for field in Session._meta.fields}
    names = [str(columns[name].verbose_name) for name in changed]
    for session in sessions:
        if names:
            admin_of.log_change(request, session, [{"changed": {"fields": names}}])
        else:
            admin_of.log_addition(request, session, [{"added": {}}])


def back(meeting: Meeting) -> HttpResponse:
    """To the page again."""
    return HttpResponseRedirect(reverse("admin:programme", args=[meeting.pk]))
