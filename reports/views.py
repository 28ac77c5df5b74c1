"""Pages that show meetings with their figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def meetings(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "base.html")
