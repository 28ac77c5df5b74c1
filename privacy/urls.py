"""Addresses of the privacy notice and of what somebody may ask about their own data."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
