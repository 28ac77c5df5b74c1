"""Addresses of workshops, the check-in desk and certificates."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
