"""The pages of those who speak for a country or an organisation: whom they put forward to a meeting, and where each stands.

Everything is looked up among the countries and organisations of which somebody is correspondent today; anything else is not found.
"""

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from delegations.errors import DeadlinePassed, InvitationWithdrawn, NominationOver, Refused
from delegations.models import Correspondent, Invitation, Nomination
from delegations.services import reply_as, set_news
from delegations.views.forms import ReplyForm
from delegations.views.invitations import key_facts, pdf_response, reply_sentence
from participants import delegation as delegations
from participants import services
from participants.forms.letters import TYPES
from participants.forms.nomination import NominationForm
from participants.views.my import signed_in

READ_OR_SEND = ["GET", "HEAD", "POST"]
IN_ORDER = ("country__sort_key_en", "body__name_en")
LETTER_POLICY = "sandbox; default-src 'none'"  # strangers made them: they are saved, and run nothing wherever they are opened


@require_safe
@login_required
def delegation_list(request: HttpRequest) -> HttpResponse:
    """Every meeting to which a country or organisation of theirs was invited, the latest first."""
    rows = invitations_of(request).order_by("-meeting__starts_on", *IN_ORDER)
    cards = [(row, address_of(row), reply_sentence(row)) for row in rows]
    offices = offices_of(request)
    if not offices and not cards:
        raise Http404
    return render(request, "participants/delegations.html", {"cards": cards, "crumbs": [(_("My delegation"), "")]})


@require_safe
@login_required
def delegation(request: HttpRequest, slug: str) -> HttpResponse:
    """One delegation: what was asked, what is left, and everybody put forward with where they stand."""
    return page(request, own_invitation(request, slug), ReplyForm())


def page(request: HttpRequest, invitation: Invitation, form: ReplyForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The page of a delegation as it is."""
    now, user = timezone.now(), signed_in(request)
    group = delegations.delegation_of(invitation, user)
    context = {
        "delegation": group,
        "facts": key_facts(invitation),
        "is_open": invitation.is_open(now),
        "takes_names": group.takes_names(now),
        "reply_sentence": reply_sentence(invitation),
        "form": form,
        "problem": problem,
        "page_error": bool(problem or form.errors),
        "office": office_of(request, invitation),
        "others": [
            (row.addressee, address_of(row)) for row in invitations_of(request).filter(meeting=invitation.meeting).exclude(pk=invitation.pk)
        ],
    }
    return answer(request, "participants/delegation.html", invitation, context, status=status)


@require_safe
@login_required
def delegation_letter(request: HttpRequest, slug: str) -> HttpResponse:
    """The letter of invitation as a PDF."""
    return pdf_response(own_invitation(request, slug))


@require_POST
@login_required
def delegation_reply(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whether the delegation will nominate; 403 after the deadline, 422 for what cannot be taken."""
    invitation = own_invitation(request, slug)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return page(request, invitation, form, status=422)
    try:
        reply_as(invitation=invitation, by=signed_in(request), **form.cleaned_data)
    except Refused as refusal:
        return page(request, invitation, form, problem=str(refusal), status=status_of(refusal))
    messages.success(request, _("Your reply is kept."))
    return redirect_to(invitation)


@require_POST
@login_required
def delegation_news(request: HttpRequest, slug: str) -> HttpResponse:
    """Switch the mails about nominees on or off, for oneself."""
    invitation = own_invitation(request, slug)
    wants = request.POST.get("wants_news") == "yes"
    set_news(correspondent=office_of(request, invitation), wants_news=wants, by=signed_in(request))
    messages.success(request, _("You get mails about your nominees.") if wants else _("You get no more mails about your nominees."))
    return redirect_to(invitation)


@require_http_methods(READ_OR_SEND)
@login_required
def nominate(request: HttpRequest, slug: str) -> HttpResponse:
    """Put somebody forward."""
    invitation = own_invitation(request, slug)
    form = form_for(request, invitation)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.nominate(invitation=invitation, by=signed_in(request), **form.handed_in)
            return put_forward(request, made)
        except Refused as refusal:
            return form_page(request, invitation, form, refusal=refusal)
    return form_page(request, invitation, form)


@require_http_methods(READ_OR_SEND)
@login_required
def nomination_correct(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct what was said of somebody; of who completed the registration, only what the delegation decides."""
    nominee = own_nominee(request, slug, pk)
    if not nominee.is_standing:
        return no_longer(request, nominee)
    if nominee.is_masked:
        raise Http404
    invitation = nominee.nomination.invitation
    form = form_for(request, invitation, nominee)
    if request.method == "POST" and form.is_valid():
        try:
            said = form.handed_in
            services.correct_nomination(nomination=nominee.nomination, changes=said.pop("fields"), by=signed_in(request), **said)
            messages.success(request, _("Your changes are saved."))
            return redirect_to(invitation)
        except Refused as refusal:
            return form_page(request, invitation, form, nominee=nominee, refusal=refusal)
    return form_page(request, invitation, form, nominee=nominee)


@require_http_methods(READ_OR_SEND)
@login_required
def nomination_replace(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put somebody else forward in the place of a nominee."""
    nominee = own_nominee(request, slug, pk)
    if not nominee.is_standing:
        return no_longer(request, nominee)
    invitation = nominee.nomination.invitation
    form = form_for(request, invitation)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.replace_nomination(nomination=nominee.nomination, by=signed_in(request), **form.handed_in)
            return put_forward(request, made)
        except Refused as refusal:
            return form_page(request, invitation, form, replaced=nominee, refusal=refusal)
    return form_page(request, invitation, form, replaced=nominee)


@require_http_methods(READ_OR_SEND)
@login_required
def nomination_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a name back, after a page that says what that means."""
    nominee = own_nominee(request, slug, pk)
    invitation = nominee.nomination.invitation
    is_second_click = request.method == "POST" and nominee.nomination.state == Nomination.State.WITHDRAWN
    if not (nominee.is_standing or is_second_click):
        return no_longer(request, nominee)
    if request.method != "POST":
        return answer(request, "participants/nomination_withdraw.html", invitation, {"nominee": nominee, "back": address_of(invitation)})
    services.withdraw_nomination(nomination=nominee.nomination, by=signed_in(request))
    messages.success(request, _("The name is taken back."))
    return redirect_to(invitation)


@require_POST
@login_required
def nomination_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Move a name one place up or down."""
    nominee = own_nominee(request, slug, pk)
    try:
        services.move_nomination(nomination=nominee.nomination, is_up=request.POST.get("to") != "down", by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect_to(nominee.nomination.invitation, f"nominee-{pk}")


@require_POST
@login_required
def nomination_remind(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a nominee the link once more."""
    nominee = own_nominee(request, slug, pk)
    try:
        services.send_link_again(nomination=nominee.nomination, by=signed_in(request))
        messages.success(request, _("A new link is on its way; the earlier one no longer works."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect_to(nominee.nomination.invitation)


@require_safe
@login_required
def nomination_letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The letter of nomination, to be saved; not that of somebody who asked not to be named."""
    nominee = own_nominee(request, slug, pk)
    if nominee.is_masked or not nominee.nomination.letter:
        raise Http404
    return letter_response(nominee.nomination)


def letter_response(nomination: Nomination) -> HttpResponse:
    """A letter of nomination as a file to save, under a name that says nobody's."""
    suffix = PurePath(nomination.letter.name or "").suffix
    try:
        with nomination.letter.open("rb") as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {
        "Content-Disposition": content_disposition_header(True, f"nomination-{nomination.pk}{suffix}"),
        "Content-Security-Policy": LETTER_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=TYPES.get(suffix, "application/octet-stream"), headers=headers)


# --- what is theirs ---


def offices_of(request: HttpRequest) -> list[Correspondent]:
    """The countries and organisations somebody speaks for today."""
    return list(Correspondent.objects.of(request.user, timezone.localdate()))


def invitations_of(request: HttpRequest) -> Any:
    """The invitations of those countries and organisations."""
    return Invitation.objects.for_correspondent(request.user, timezone.localdate())


def own_invitation(request: HttpRequest, slug: str) -> Invitation:
    """The invitation to this meeting of the delegation that the address names, or of the first they speak for; else Http404."""
    rows = invitations_of(request).filter(meeting__slug=slug)
    for kind in ("country", "body"):
        if code := request.GET.get(kind):
            rows = rows.filter(**{f"{kind}__code": code.replace("\x00", "")})
    invitation = rows.order_by(*IN_ORDER).first()
    if invitation is None:
        raise Http404
    return invitation


def own_nominee(request: HttpRequest, slug: str, pk: int) -> delegations.Nominee:
    """Somebody put forward by a delegation they speak for, as they may see them; else Http404."""
    rows = Nomination.objects.select_related("invitation__meeting", "invitation__country", "invitation__body", "participant")
    nomination = get_object_or_404(rows, pk=pk, invitation__in=invitations_of(request).filter(meeting__slug=slug))
    return delegations.nominee(nomination, request.user)


def office_of(request: HttpRequest, invitation: Invitation) -> Correspondent:
    """The office in which somebody sees this invitation."""
    return next(office for office in offices_of(request) if office.speaks_for(invitation))


# --- parts ---


def form_for(request: HttpRequest, invitation: Invitation, nominee: delegations.Nominee | None = None) -> NominationForm:
    """The form, with what was typed, or with what is known of a nominee."""
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    nomination, is_complete = (nominee.nomination, nominee.is_complete) if nominee else (None, False)
    return NominationForm(*typed, invitation=invitation, nomination=nomination, is_complete=is_complete)


def form_page(
    request: HttpRequest,
    invitation: Invitation,
    form: NominationForm,
    *,
    nominee: delegations.Nominee | None = None,
    replaced: delegations.Nominee | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    """The page of a form of nomination, with what is wrong; 403 where no names are taken any more."""
    if refusal:
        form.refuse(refusal)
    status = status_of(refusal) if refusal else 422 if form.errors else 200
    group = delegations.delegation_of(invitation, signed_in(request))
    context: dict[str, Any] = {"form": form, "nominee": nominee, "replaced": replaced, "delegation": group, "page_error": bool(form.errors)}
    is_open = invitation.is_open(timezone.now())
    has_room = bool(group.left or nominee or replaced)
    context |= {"is_open": is_open, "takes_form": form.is_bound or (is_open and has_room), "back": address_of(invitation)}
    return answer(request, "participants/nominate.html", invitation, context, status=status)


def status_of(refusal: Refused) -> int:
    """403 where the time for it is over, 422 where something else is to be typed."""
    return 403 if isinstance(refusal, DeadlinePassed | InvitationWithdrawn) else 422


def put_forward(request: HttpRequest, nomination: Nomination) -> HttpResponse:
    """Say what became of a new name, and lead back to the list."""
    if services.registration_of(nomination):
        messages.success(request, _("This person had registered already. Their registration now counts as put forward by you."))
    else:
        messages.success(request, _("The name is put forward. The person was sent a mail with a link to complete the registration."))
    return redirect_to(nomination.invitation)


def no_longer(request: HttpRequest, nominee: delegations.Nominee) -> HttpResponse:
    """For a page from before somebody took the name back or replaced it: say so, and lead back to the list."""
    messages.error(request, str(NominationOver()))
    return redirect_to(nominee.nomination.invitation)


def address_of(invitation: Invitation) -> str:
    """The page of a delegation."""
    return f"{reverse('delegation', args=[invitation.meeting.slug])}?{invitation.delegation_query}"


def redirect_to(invitation: Invitation, anchor: str = "") -> HttpResponse:
    """Back to the page of a delegation, so that reloading sends nothing again."""
    response = redirect(address_of(invitation) + (f"#{anchor}" if anchor else ""))
    response.status_code = 303
    return response


def answer(request: HttpRequest, template: str, invitation: Invitation, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """One of the pages of a delegation, with the way to it."""
    meeting = invitation.meeting
    is_first = template == "participants/delegation.html"
    crumbs = [(_("My delegation"), reverse("delegations")), (str(meeting), "" if is_first else address_of(invitation))]
    shared = {"invitation": invitation, "meeting": meeting, "query": invitation.delegation_query, "crumbs": crumbs}
    return render(request, template, {**shared, **context}, status=status)
