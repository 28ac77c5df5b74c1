"""The desk's page as the server draws it: it works without a program on the device, which takes it over where there is one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance import access, desk, errors
from attendance.desk_forms import EntryForm, WalkInForm
from attendance.models import Device, Scan
from attendance.scanning import CODE, Unreadable
from attendance.services.scans import scan_here, undo
from attendance.services.walk_ins import walk_in as register
from attendance.views.desk.opening import shut
from attendance.views.desk.words import shown, words
from meetings.models import Meeting
from participants.models import Participant
from participants.views.replies import see_other

CAMERA = "camera=(self)"


def for_devices(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only with the session of a device of this meeting; everybody else finds the door shut."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
        device = access.device_of(request, slug)
        return shut(request, slug) if device is None else view(request, device, **more)

    return guarded


@require_safe
@for_devices
def check_in(request: HttpRequest, device: Device) -> HttpResponse:
    """The desk."""
    return page(request, device)


@require_POST
@for_devices
def enter(request: HttpRequest, device: Device) -> HttpResponse:
    """A code, a name to search for, or somebody chosen among those found."""
    form = EntryForm(request.POST)
    if not form.is_valid():
        return page(request, device, problem=_("Type a badge code or a name."), status=422)
    said, slot = form.cleaned_data, form.cleaned_data["slot"]
    try:
        if said["person"]:
            return page(request, device, slot=slot, scan=scan_here(device=device, slot=slot, person=said["person"]))
        if CODE.fullmatch(said["text"].strip().upper()):
            return page(request, device, slot=slot, scan=scan_here(device=device, slot=slot, code=said["text"]))
    except Unreadable:
        return page(request, device, problem=_("This is no half-day or session of today."), status=422)
    people = [(person.pk, *desk.words_of(person)) for person in desk.found(device, said["text"])]
    return page(request, device, slot=slot, people=people, searched=said["text"])


@require_POST
@for_devices
def take_back(request: HttpRequest, device: Device) -> HttpResponse:
    """Undo the last scan of this device."""
    last = Scan.objects.letting_in().filter(device=device).order_by("-received_at").first()
    try:
        if last is None:
            raise errors.NothingToUndo
        undo(device=device, number=last.pk)
    except errors.NothingToUndo as problem:
        return page(request, device, problem=str(problem), status=422)
    messages.success(request, _("The last check-in is undone."))
    return see_other(reverse("check_in", args=[device.meeting.slug]))


def page(request: HttpRequest, device: Device, *, slot: str = "", scan: Scan | None = None, status: int = 200, **more: Any) -> HttpResponse:
    """The page with the answer to what was just done, if anything was."""
    now = timezone.now()
    options = desk.choices(device, now)
    chosen = next((one for one in options if one.key == slot), None) or desk.current(options, now)
    context = {
        "device": device,
        "meeting": device.meeting,
        "options": options,
        "chosen": chosen,
        "figures": desk.figures(device, now),
        "answer": shown(scan) if scan else None,
        "may_undo": Scan.objects.letting_in().filter(device=device).exists(),
        "is_a_test": device.is_a_test(chosen.slot.day),
        "words": words(),
        **more,
    }
    response = render(request, "attendance/desk/page.html", context, status=status)
    return with_camera(response)


def with_camera(response: HttpResponse) -> HttpResponse:
    """On this page alone a program of ours may ask for the camera."""
    response.headers["Permissions-Policy"] = settings.PERMISSIONS_POLICY.replace("camera=()", CAMERA)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_devices
def walk_in(request: HttpRequest, device: Device) -> HttpResponse:
    """Register somebody at the door; works with network only, because places are counted under a lock."""
    person = Participant(meeting=device.meeting)
    form = WalkInForm(request.POST if request.method == "POST" else None, instance=person)
    if form.is_bound and form.is_valid():
        now = timezone.now()
        slot = desk.current(desk.choices(device, now), now).slot
        try:
            registered, scan = register(device=device, participant=form.save(commit=False), slot=slot, at=now)
        except errors.AddressKnown as problem:
            form.add_error("email", str(problem))
        else:
            return done(request, device, registered, scan)
    context = {"device": device, "meeting": device.meeting, "form": form, "page_error": bool(form.errors)}
    return render(request, "attendance/desk/walk_in.html", context, status=422 if form.errors else 200)


def done(request: HttpRequest, device: Device, registered: Participant, scan: Scan | None) -> HttpResponse:
    """What became of somebody registered at the door."""
    meeting: Meeting = device.meeting
    answer = shown(scan) if scan else None
    why = ""
    if scan is None:
        why = (
            _("This device gives no places, so the secretariat decides.")
            if not device.confirms
            else _("No place is free. The secretariat decides.")
        )
    context = {"device": device, "meeting": meeting, "registered": registered, "answer": answer, "why": why}
    return render(request, "attendance/desk/walked_in.html", context)
