"""A person's own passport for a visa letter: enter it, correct it, delete it at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import fresh
from participants import errors, services
from participants.forms import PassportForm
from participants.models import Participant, Passport
from participants.views.my import READ_OR_SEND, own, page
from participants.views.replies import see_other


@require_http_methods(READ_OR_SEND)
@login_required
def my_passport(request: HttpRequest, slug: str) -> HttpResponse:
    """The passport of somebody who has a place; what is kept is shown after a fresh proof of who asks. 404 where it is of no use.

    Whoever lost their place or was at the meeting may still delete what they gave, as long as it is there.
    """
    participant = own(request, slug)
    has_one: bool = participant.has_passport  # type: ignore[attr-defined]  # from own()
    if not (has_one or services.passport_is_of_use(participant)):
        raise Http404
    if request.method == "POST":
        return delete(request, participant) if "delete" in request.POST else receive(request, participant, has_one)
    if has_one and (answer := fresh.ask_again(request)):
        return answer
    passport = Passport.objects.filter(participant=participant).first()
    return passport_page(request, participant, PassportForm(meeting=participant.meeting, passport=passport), has_one=has_one)


def receive(request: HttpRequest, participant: Participant, has_one: bool) -> HttpResponse:
    """Keep what was typed, or show it again with what is wrong. What was kept before is not shown, so no proof is asked."""
    form = PassportForm(request.POST, meeting=participant.meeting, passport=None)
    if not form.is_valid():
        return passport_page(request, participant, form, has_one=has_one)
    try:
        services.keep_passport(participant=participant, said=form.cleaned_data)
        messages.success(request, _("Your passport data is saved."))
    except errors.Refused as refusal:
        messages.error(request, str(refusal))
    return see_other("my_registration", participant.meeting.slug)


def delete(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Delete it at once."""
    services.delete_passport(participant=participant)
    messages.success(request, _("Your passport data is deleted."))
    return see_other("my_registration", participant.meeting.slug)


def passport_page(request: HttpRequest, participant: Participant, form: PassportForm, *, has_one: bool) -> HttpResponse:
    """Why it is asked, the form while it is of use, and the way to delete."""
    context = {
        "form": form,
        "has_one": has_one,
        "is_of_use": services.passport_is_of_use(participant),
        "page_error": bool(form.errors),
    }
    return page(request, "participants/my_passport.html", participant, context, status=422 if form.errors else 200)
