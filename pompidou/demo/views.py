"""The demo's own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def mails(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")
