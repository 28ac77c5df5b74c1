"""What the pages of registration and self-service share."""

from typing import Any

from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Meeting
from participants.models.participant import UNCONFIRMED_KEPT

Crumbs = list[tuple[str, str]]
RECEIPT_KEPT = UNCONFIRMED_KEPT  # how long the page that says "it worked" can be opened again


def see_other(to: str, *args: Any) -> HttpResponseRedirect:
    """Send the browser on to another page with a GET, so that reloading that page sends nothing again."""
    response = redirect(to, *args)
    response.status_code = 303
    return response


def crumbs_for(meeting: Meeting, page: str) -> Crumbs:
    """The way to a page of a meeting."""
    return [(_("Meetings"), reverse("meetings")), (str(meeting), meeting.get_absolute_url()), (page, "")]
