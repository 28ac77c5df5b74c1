"""The personal links of somebody: which there are, and taking them back. Never what opens them."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from participants import services
from participants.admin.access import sees_everything
from participants.admin.reveals import user_of
from participants.models import Participant, PersonalLink

MOST_SHOWN = 20
STATES = {
    "open": _lazy("works"),
    "used": _lazy("used"),
    "revoked": _lazy("revoked"),
    "expired": _lazy("expired"),
}


@dataclass(frozen=True)
class Shown:
    """One link as the page lists it."""

    link: PersonalLink
    state: str

    @property
    def label(self) -> str:
        return str(STATES[self.state])


def links_of(request: HttpRequest, participant: Participant) -> list[Shown] | None:
    """The links of this person, the newest first; None for whoever sees only a few columns."""
    if not sees_everything(request):
        return None
    now = timezone.now()
    return [Shown(link, link.state(now)) for link in participant.links.order_by("-pk")[:MOST_SHOWN]]


@require_POST
def revoke_view(request: HttpRequest, participant_id: int, *, model_admin: ModelAdmin) -> HttpResponse:
    """Let the links of this person open nothing any more."""
    if not sees_everything(request):
        raise PermissionDenied
    participant = get_object_or_404(model_admin.get_queryset(request), pk=participant_id)
    count = services.revoke_links(participant=participant, by=user_of(request))
    text = ngettext("%(count)s link is revoked.", "%(count)s links are revoked.", count) % {"count": count}
    messages.success(request, text if count else _("There was no link to revoke."))
    return HttpResponseRedirect(reverse("admin:participants_participant_change", args=[participant.pk]))
