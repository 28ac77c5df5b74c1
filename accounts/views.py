"""The two pages of signing out; the others are the library's."""

from allauth.account import views as account
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
