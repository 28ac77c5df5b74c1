"""A signed-in person's own registrations: see, correct, withdraw, come back. Everybody else's are not found here."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from delegations.models import Correspondent
from meetings.dates import day_range
from meetings.models import Meeting
from participants import agreements, choices, errors, services, standing
from participants.forms import CorrectionForm, summary
from participants.forms.questions import NEEDS
from participants.forms.summary import Answer, Part
from participants.models import Consent, Participant, Passport
from participants.views.replies import see_other

READ_OR_SEND = ["GET", "HEAD", "POST"]
AGREEING = frozenset({"visibility", "may_be_photographed", "needs_agreed", *NEEDS})


def own(request: HttpRequest, slug: str) -> Participant:
    """The signed-in person's registration for a meeting, or Http404: somebody else's is as unknown as one that never was."""
    rows = Participant.objects.of(request.user).select_related("meeting", "sector", "country", "body", "needs", "journey")
    # That there is a passport and not what it says: nobody needs that here.
    rows = rows.annotate(has_passport=Exists(Passport.objects.filter(participant=OuterRef("pk"))))
    rows = rows.prefetch_related("offers")
    return get_object_or_404(rows, meeting__slug=slug)


@require_safe
@login_required
def my(request: HttpRequest) -> HttpResponse:
    """All registrations of the person, the next meeting first."""
    rows = Participant.objects.of(request.user).select_related("meeting").prefetch_related("offers").order_by("-meeting__starts_on")
    cards = [(participant, standing.sentence(participant)) for participant in rows]
    speaks_for = Correspondent.objects.of(request.user, timezone.localdate())
    context = {
        "cards": cards,
        "is_elsewhere": Participant.objects.kept_elsewhere(request.user).exists(),
        "speaks_for": [office.delegation for office in speaks_for],
        "crumbs": [(_("My registrations"), "")],
    }
    return render(request, "participants/my.html", context)


@require_safe
@login_required
def my_registration(request: HttpRequest, slug: str) -> HttpResponse:
    """One registration: the status as a sentence, what is asked, then everything else."""
    try:
        participant = own(request, slug)
    except Http404:
        if Participant.objects.kept_elsewhere(request.user).filter(meeting__slug=slug).exists():
            return see_other("my")  # which says that it goes on under another address
        raise
    context = {
        "sentence": standing.sentence(participant),
        "next_step": standing.next_step(participant),
        "options": standing.options(participant),
        "passport_is_of_use": services.passport_is_of_use(participant),
        "freeze_notice": standing.freeze_notice(participant.meeting) if participant.state in standing.TAKES_PART else "",
        "facts": key_facts(participant),
        "parts": own_answers(participant),
        "agreements": agreements.agreements_of(participant),
        "timeline": standing.timeline(participant),
        "is_over": participant.meeting.phase(timezone.now()) == Meeting.Phase.OVER,
    }
    return page(request, "participants/my_registration.html", participant, context)


@require_http_methods(READ_OR_SEND)
@login_required
def my_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct one's own answers, until the freeze date; 403 afterwards, with what was typed still on the page."""
    participant = own(request, slug)
    form = form_for(participant, request.POST if request.method == "POST" else None)
    if not standing.options(participant).edit:
        return frozen(request, participant, typed(form))
    if "redraw" in request.POST:
        form = form_for(participant, typed=CorrectionForm.as_typed(request.POST))
    elif request.method == "POST" and form.is_valid():
        return correct(request, participant, form)
    return edit_page(request, participant, form, status=422 if form.errors else 200)


@require_http_methods(READ_OR_SEND)
@login_required
def my_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Give up one's place or one's place in the queue, after a page that says what that means."""
    participant = own(request, slug)
    if not standing.options(participant).withdraw:
        return see_other("my_registration", slug)
    if request.method != "POST":
        return page(request, "participants/my_withdraw.html", participant, {"consequence": if_withdrawn(participant)})
    services.withdraw(participant=participant, by=signed_in(request))
    messages.success(request, _("Your registration is withdrawn."))
    return see_other("my_registration", slug)


@require_http_methods(READ_OR_SEND)
@login_required
def my_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Come back after having withdrawn, at the end of the queue, while registration is open."""
    participant = own(request, slug)
    if request.method != "POST" and standing.options(participant).reopen:
        return page(request, "participants/my_reopen.html", participant, {})
    if request.method == "POST":
        try:
            services.reopen(participant=participant, by=signed_in(request))
            messages.success(request, _("You are registered again."))
        except errors.Refused as problem:
            messages.error(request, str(problem))
    return see_other("my_registration", slug)


@require_POST
def my_take_back(request: HttpRequest, slug: str, what: str) -> HttpResponse:
    """Take back one thing one agreed to, at once; also when answers can be changed no more."""
    if not request.user.is_authenticated:  # signed out meanwhile: back to the page with the button, as this address shows nothing
        return redirect_to_login(reverse("my_registration", args=[slug]))
    participant = own(request, slug)
    try:
        services.withdraw_consent(participant=participant, what=what, by=signed_in(request))
    except errors.WrongState as problem:
        raise Http404 from problem
    messages.success(request, _("Taken back. It has effect from now on."))
    return see_other("my_registration", slug)


# --- parts ---


def signed_in(request: HttpRequest) -> User:
    """The person who asks; the pages here are for nobody else."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def form_for(participant: Participant, data: Any = None, *, typed: Mapping[str, Any] | None = None) -> CorrectionForm:
    """The form with somebody's answers, or with what they typed now: ``data`` to be judged, ``typed`` not yet."""
    sector = choices.sector(participant.sector.code)
    if sector is None:  # a sector that was added within the last minute
        raise Http404
    return CorrectionForm(data, participant=participant, sector=sector, typed=typed)


def own_answers(participant: Participant) -> list[Part]:
    """Everything somebody answered, with the address they cannot change themselves."""
    you, *others = summary(form_for(participant))
    address = Answer("email", _("E-mail address"), participant.email)
    return [you._replace(answers=[*you.answers, address]), *others]


def typed(form: CorrectionForm) -> list[Part]:
    """What was typed into a form that came too late; nothing where nothing was sent."""
    if not form.is_bound:
        return []
    form.is_valid()
    return summary(form)


def correct(request: HttpRequest, participant: Participant, form: CorrectionForm) -> HttpResponse:
    """Save corrected answers; if the door closed meanwhile, give them back."""
    try:
        services.correct_answers(
            participant=participant,
            answers=form.answers(),
            needs=form.needs(),
            journey=form.journey(),
            by=signed_in(request),
            seen=number_of(request.POST.get("agreed", "")),
        )
    except errors.AgreementsChanged as problem:
        return look_again(request, participant, problem)
    except errors.Refused:
        return frozen(request, participant, summary(form))
    messages.success(request, _("Your answers are saved."))
    return see_other("my_registration", participant.meeting.slug)


def look_again(request: HttpRequest, participant: Participant, problem: errors.AgreementsChanged) -> HttpResponse:
    """The form with what was typed, but what somebody agrees to as it is by now."""
    kept = {name: value for name, value in CorrectionForm.as_typed(request.POST).items() if name not in AGREEING}
    return edit_page(request, participant, form_for(participant, typed=kept), status=409, problem=str(problem))


def edit_page(
    request: HttpRequest, participant: Participant, form: CorrectionForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    """The form for one's own answers."""
    context = {
        "form": form,
        "problem": problem,
        "page_error": bool(form.errors or problem),
        "freeze_notice": standing.freeze_notice(participant.meeting),
        "keeps_answers": True,
        "agreed": Consent.objects.mark(participant),
    }
    return page(request, "participants/my_edit.html", participant, context, status=status)


def number_of(text: str) -> int:
    """The mark that a form carried; 0, as before anything was agreed to, for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def frozen(request: HttpRequest, participant: Participant, parts: list[Part]) -> HttpResponse:
    """Why answers cannot be corrected, and whatever was typed."""
    takes_part = participant.state in standing.TAKES_PART
    why = standing.freeze_notice(participant.meeting) if takes_part else standing.sentence(participant)
    return page(request, "participants/my_frozen.html", participant, {"parts": parts, "why": why}, status=403)


def if_withdrawn(participant: Participant) -> str:
    """What becomes of the place or the turn of somebody who withdraws now."""
    if not services.keeps_a_place(participant):
        if participant.state == Participant.State.CONFIRMED:  # interpreters and the secretariat
            return _("Your place is not given to anybody else. If you come back later, you join the end of the queue.")
        return _("You lose your turn. If you come back later, you join the end of the queue.")
    meeting = participant.meeting
    if timezone.now() >= meeting.begins_at:
        return _("The meeting has begun, so nobody else is called up for your place.")
    if meeting.offer_hours:
        return _("Your place is offered to the next in line at once. If you come back later, you join the end of the queue.")
    return _("Your place goes to the next in line at once. If you come back later, you join the end of the queue.")


def key_facts(participant: Participant) -> list[tuple[str, Any]]:
    """What somebody looks for first: which meeting, when, where, under which number."""
    meeting = participant.meeting
    where = ", ".join(text for text in (meeting.venue.text, meeting.city.text) if text)
    return [
        (_("Reference"), participant.reference),
        (_("Dates"), day_range(meeting.starts_on, meeting.ends_on)),
        (_("Place"), where),
        (_("You attend as"), participant.get_category_display()),
        (_("Sector"), participant.sector.name.text),
    ]


def page(request: HttpRequest, template: str, participant: Participant, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """One of the pages of a registration, with the way to it."""
    meeting = participant.meeting
    crumbs = [(_("My registrations"), reverse("my")), (str(meeting), reverse("my_registration", args=[meeting.slug]))]
    face = participant.face_for(request.user)
    shared = {"participant": participant, "meeting": meeting, "face": face, "crumbs": crumbs}
    return render(request, template, {**shared, **context}, status=status)
