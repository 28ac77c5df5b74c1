"""What one reader will get, in their language; and the same to oneself."""

import secrets
from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import looks
from accounts.models import User
from correspondence import audiences, campaigns, kinds
from correspondence.admin.campaigns.access import address, campaign_for, frame, user_of
from correspondence.admin.template import Preview
from correspondence.audiences import Recipient
from correspondence.delivery import as_email
from correspondence.html import framed
from correspondence.models import Campaign, Message

MOST_OFFERED = 1_000


def preview_for(campaign: Campaign, person: Recipient, language: str) -> Preview:
    """The mail with this person's values; a link that opens something is shown as an example."""
    values = audiences.get(campaign.audience).values(person, language, False)
    message = Message(
        kind=campaigns.KIND.key,
        language=language,
        subject=kinds.fill(getattr(campaign, f"subject_{language}"), values),
        body=kinds.fill(getattr(campaign, f"body_{language}"), values),
    )
    twin = framed(str(as_email(message).alternatives[0][0]))
    return Preview(language, str(User.Language(language).label), message.subject, message.body, twin.html, twin.allowed, is_real=True)


def readers_of(campaign: Campaign, user: User) -> list[Recipient]:
    """Those who get the mail, or got it."""
    if campaign.is_draft:
        return [one for one in campaigns.found_by(campaign, user) if not one.why_not]
    keys = list(campaign.recipients.filter(reason="").order_by("pk").values_list("key", flat=True))
    found = audiences.get(campaign.audience).get(keys)
    return [found[key] for key in keys if key in found]


def chosen_reader(request: HttpRequest, people: list[Recipient]) -> int:
    """The place in the list of whoever was asked for, else the first. Raises Http404 when there is nobody."""
    if not people:
        raise Http404
    wanted = request.POST.get("to") or request.GET.get("to")
    return next((place for place, one in enumerate(people) if one.key == wanted), 0)


def preview_view(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the mail as one reader gets it, plain and HTML, with the way to the reader before and after."""
    campaign = campaign_for(model_admin, request, pk, "correspondence.view_campaign")
    people = readers_of(campaign, user_of(request))
    if not people:
        messages.warning(request, str(campaigns.NobodyToWriteTo()))
        return HttpResponseRedirect(address(campaign))
    place = chosen_reader(request, people)
    person = people[place]
    language = request.GET.get("language") or person.language
    language = language if language in User.Language.values else person.language
    preview = preview_for(campaign, person, language)
    if person.trace and not person.hides_address:
        looks.note(request, what=looks.What.MESSAGE, key=person.trace, reference=person.reference)
    context = {
        **frame(model_admin, request, _("Preview: %(mail)s") % {"mail": campaign.name}, campaign),
        "person": person,
        "people": people[:MOST_OFFERED],
        "place": place + 1,
        "number": len(people),
        "before": people[place - 1] if place else None,
        "after": people[place + 1] if place + 1 < len(people) else None,
        "preview": preview,
        "languages": [(code, label, code == language) for code, label in User.Language.choices],
        "is_read": language == person.language,
        "may_try": campaign.has_words_in("en") or campaign.has_words_in("fr"),
    }
    draw: Any = csp_update({"style-src": [preview.allowed]})(TemplateResponse)  # type: ignore[arg-type]
    answer: HttpResponse = draw(request, "admin/correspondence/campaign/preview.html", context)
    return answer


def try_view(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Send what that reader would get to oneself."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    campaign = campaign_for(model_admin, request, pk)
    people = readers_of(campaign, user_of(request))
    person = people[chosen_reader(request, people)]
    sent = campaigns.try_out(campaign=campaign, person=person, to=user_of(request), event=secrets.token_hex(8))
    if sent:
        text = ngettext("%(n)s test mail is on its way to you.", "%(n)s test mails are on their way to you.", sent)
        messages.success(request, text % {"n": sent})
    else:
        messages.warning(request, _("There are no words to send yet."))
    return HttpResponseRedirect(f"{address(campaign, 'preview')}?to={person.key}")
