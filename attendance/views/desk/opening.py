"""Making a browser a desk, and letting go of it."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import fresh
from accounts.models import User
from attendance import access, errors
from attendance.desk_forms import HereForm, PinForm
from attendance.models import Device
from attendance.services import desk
from meetings.models import Meeting
from participants.views.replies import see_other

MAY_USE = "attendance.use_desk"


def may_use(request: HttpRequest) -> bool:
    """True for staff of the desk; their second factor was asked for before any page."""
    return isinstance(request.user, User) and request.user.is_staff and request.user.has_perm(MAY_USE)


def shut(request: HttpRequest, slug: str) -> HttpResponse:
    """No access, or none any more: what the device kept is erased by this page. Staff may make a desk of their browser here."""
    if may_use(request):
        return page_for_staff(request, slug, HereForm())
    # The cookies stay: a link from elsewhere brings none, and the page then asks whether access has really ended.
    return render(request, "attendance/desk/shut.html", status=403)


def page_for_staff(request: HttpRequest, slug: str, form: HereForm, *, status: int = 200) -> HttpResponse:
    """Where a member of staff makes a desk of the browser they sit at."""
    meeting = get_object_or_404(Meeting, slug=slug)
    state = Device(meeting=meeting).state(timezone.now())
    return render(request, "attendance/desk/here.html", {"meeting": meeting, "form": form, "state": state}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Ask for the PIN of the device whose link this is, and begin its session."""
    form = PinForm(request.POST if request.method == "POST" else None)
    try:
        device = desk.find_device(token=token, slug=slug)
        if form.is_bound and form.is_valid():
            return opened(desk.open_device(token=token, slug=slug, pin=form.cleaned_data["pin"]))
    except errors.DeviceUnusable as problem:
        return render(request, "attendance/desk/unusable.html", {"problem": problem}, status=404)
    except errors.WrongPin as problem:
        form.add_error("pin", str(problem))
    context = {"device": device, "form": form, "page_error": bool(form.errors)}
    return render(request, "attendance/desk/open.html", context, status=422 if form.errors else 200)


def opened(device: Device) -> HttpResponse:
    """On to the page, with the session of the device."""
    response = see_other(reverse("check_in", args=[device.meeting.slug]))
    access.keep(response, device)
    return response


@require_POST
def here(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a desk of this browser, for a member of staff who sits at it."""
    if not may_use(request):
        raise PermissionDenied
    if answer := fresh.ask_again(request, back=reverse("check_in", args=[slug])):
        return answer
    meeting, form = get_object_or_404(Meeting, slug=slug), HereForm(request.POST)
    if Device(meeting=meeting).state(timezone.now()) == "open" and form.is_valid():
        try:
            with transaction.atomic():
                opener = desk.make_device(meeting=meeting, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            return opened(desk.begin(device=opener.device))
        except IntegrityError:
            form.add_error("name", _("Another device of this meeting has this name."))
    return page_for_staff(request, slug, form, status=422)


@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Let go of this device; the page that follows erases what it kept."""
    if device := access.device_of(request, slug):
        desk.end(device=device)
    response = render(request, "attendance/desk/left.html")
    access.forget(response)
    return response
