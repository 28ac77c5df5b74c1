"""Participants, chosen by the filters and the search of their list."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from correspondence.audiences import Audience, Recipient
from correspondence.models import CampaignRecipient
from participants import mails
from participants.models import Participant

PAGE_OF_LIST = ("p", "o", "all", "e", "_changelist_filters")  # how it is shown, not whom
SEARCH = "q"
Reason = CampaignRecipient.Reason


def asked(query: str, user: Any) -> tuple[Any, HttpRequest]:
    """The list of participants, and the request that shows it to a user through this query. Nobody is revealed in it."""
    request = HttpRequest()
    request.method, request.GET, request.user = "GET", QueryDict(query), user
    request.session = {}  # type: ignore[assignment]
    return admin.site.get_model_admin(Participant), request


def find(query: str, user: Any) -> list[Recipient]:
    """Exactly the people of the list, in its order."""
    model_admin, request = asked(query, user)
    return [as_recipient(person) for person in model_admin.filtered_queryset(request)]


def get(keys: Collection[str]) -> dict[str, Recipient]:
    people = Participant.objects.filter(pk__in=[int(key) for key in keys]).select_related("meeting")
    return {str(person.pk): as_recipient(person) for person in people}


def as_recipient(person: Participant) -> Recipient:
    """One participant; a protected one under the mask, whoever looks."""
    face = person.face_for(None)
    return Recipient(
        key=str(person.pk),
        address=person.email,
        language=person.language,
        shown=face.name,
        reference=person.reference,
        trace=f"{Participant._meta.label_lower}:{person.pk}",
        hides_address=person.is_protected or person.asks_protection,
        why_not=why_not(person),
        row=person,
    )


def why_not(person: Participant) -> str:
    """Why somebody is not written to: erased, or never said that the address is theirs."""
    if person.is_erased:
        return Reason.ERASED
    return Reason.UNPROVEN if person.state == Participant.State.UNCONFIRMED else ""


def values(recipient: Recipient, language: str, live: bool) -> Mapping[str, str]:
    return mails.values_for(recipient.row, language)


def settle(query: str, user: Any) -> str:
    """The query with its meeting named: without one it means the coming meeting, which is another next year."""
    model_admin, request = asked(query, user)
    wanted = request.GET.copy()
    for name in PAGE_OF_LIST:
        wanted.pop(name, None)
    meeting = model_admin.filtered_list(request).meeting
    if meeting is not None:
        wanted["meeting__id__exact"] = str(meeting.pk)
    return wanted.urlencode()


def describe(query: str, user: Any) -> dict[str, str]:
    """What the filters say; of a search that was forgotten, that there was one."""
    model_admin, request = asked(query, user)
    try:
        said = dict(model_admin.filter_summary(request))
    except BadRequest:  # a filter that has gone since
        return {}
    return {**said, _("Search"): _("words not kept")} if SEARCH in request.GET and not request.GET[SEARCH] else said


def forget(query: str) -> str:
    """The query without the words that were searched for; they may be a name."""
    kept = QueryDict(query, mutable=True)
    if kept.get(SEARCH):
        kept[SEARCH] = ""
    return kept.urlencode()


def list_address(query: str) -> str:
    return f"{reverse('admin:participants_participant_changelist')}?{query}"


REGISTERED = Audience(
    key="participants",
    label=_lazy("Participants"),
    placeholders=mails.COMMON,
    find=find,
    get=get,
    values=values,
    settle=settle,
    describe=describe,
    list_address=list_address,
    forget=forget,
    permissions=("participants.change_participant",),
)
