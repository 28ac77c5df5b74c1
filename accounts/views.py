"""Pages about signing in that the library does not have: signing out, enrolment, confirming by code, one's own sessions."""

from typing import cast

from allauth.account import views as account
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.logout import logout
from allauth.account.utils import passthrough_next_redirect_url
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import sessions
from accounts.models import User
from accounts.second_factor import has_factor, steps

FORGET = '"cache", "cookies", "storage"'


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and have the browser forget what it kept of this site."""
    response = account.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = FORGET
    return response


def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that it worked: the browser has forgotten everything, a message on the next page included."""
    return render(request, "account/signed_out.html")


@require_safe
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say what a second factor is for and what setting it up takes, and offer the two ways."""
    if has_factor(request.user):
        return redirect("mfa_index")
    return render(request, "account/second_factor.html", {"steps": steps(0)})


@login_required
def confirm_by_code(request: HttpRequest) -> HttpResponse:
    """For those who have neither password nor second factor: sign in once more with a new code, then go on."""
    user = cast(User, request.user)
    if request.method != "POST":
        return render(request, "account/confirm_by_code.html", {"next": request.GET.get(REDIRECT_FIELD_NAME, "")})
    logout(request, show_message=False)
    if user.is_staff:  # no code for them: it would go round their password
        return redirect("account_reset_password")
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
    return HttpResponseRedirect(passthrough_next_redirect_url(request, reverse("account_confirm_login_code"), REDIRECT_FIELD_NAME))


@login_required
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and the way to end any of it."""
    user = cast(User, request.user)
    if request.method != "POST":
        return render(request, "account/sessions.html", {"sessions": sessions.sessions_of(user)})
    here = request.session.session_key or ""
    chosen = request.POST.get("session", "")
    ended = sessions.end(user=user, key=int(chosen)) if chosen.isdecimal() else sessions.end_all(user=user, keep=here)
    messages.success(request, _("You are signed out there.") if chosen else _("You are signed out everywhere else."))
    sessions.tell(request, user=user, ended=ended)
    return redirect("account_sessions")
