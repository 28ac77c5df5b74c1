"""Fresh proof of who somebody is, asked for before what cannot be undone or what leaves the house."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _


def is_fresh(request: HttpRequest) -> bool:
    """Whether a password, a code, a key or an app was shown in this session within the last minutes."""
    proofs = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(proofs) and time.time() - max(proofs) < settings.FRESH_SIGN_IN_SECONDS


def ask_again(request: HttpRequest, *, back: str = "") -> HttpResponseRedirect | None:
    """None for somebody who has just shown who they are; else the way to do so, which leads to ``back`` or to this page.

    What was posted is not kept: the person comes back to the page and does it again.
    """
    if is_fresh(request):
        return None
    if request.method != "GET":
        messages.info(request, _("Nothing was done yet. Confirm that it is you, then do it once more."))
    way = get_adapter(request).get_reauthentication_methods(request.user)[0]["url"]
    return HttpResponseRedirect(f"{way}?{urlencode({REDIRECT_FIELD_NAME: back or request.get_full_path()})}")
