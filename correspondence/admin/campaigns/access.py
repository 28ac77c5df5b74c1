"""Which campaign a page is about, and whether somebody may work on it."""

from typing import Any, cast

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from accounts.models import User
from correspondence import audiences
from correspondence.audiences import Audience
from correspondence.models import Campaign

MAY_SEND = "correspondence.send_campaign"


def user_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def audience_or_404(key: str) -> Audience:
    """The audience of that name; Http404 for one that nobody knows."""
    try:
        return audiences.get(key)
    except KeyError as error:
        raise Http404 from error


def campaign_for(model_admin: ModelAdmin, request: HttpRequest, pk: int, permission: str = MAY_SEND) -> Campaign:
    """The campaign, for whoever has the right and may see the people it goes to."""
    if not request.user.has_perm(permission):
        raise PermissionDenied
    campaign: Any = model_admin.get_object(request, str(pk))
    if campaign is None:
        raise Http404
    if not audience_or_404(campaign.audience).is_open_to(request.user):
        raise PermissionDenied
    return cast(Campaign, campaign)


def address(campaign: Campaign, page: str = "change") -> str:
    """The address of a page about a campaign: change, preview, send."""
    return reverse(f"admin:correspondence_campaign_{page}", args=[campaign.pk])


def frame(model_admin: ModelAdmin, request: HttpRequest, title: str, campaign: Campaign | None = None) -> dict[str, Any]:
    """What every page around a campaign shows beside its own."""
    return {**model_admin.admin_site.each_context(request), "title": title, "opts": model_admin.opts, "campaign": campaign}
