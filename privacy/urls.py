"""Addresses of the privacy notice and of what somebody may ask about their own data."""

from django.urls import URLPattern, path

from privacy import erasures, views
from privacy.copies import views as copies

urlpatterns: list[URLPattern] = [
    path("my/data/", copies.my_data, name="my_data"),
    path("my/data.json", copies.my_data_file, name="my_data_file"),
    path("my/erasure/", erasures.my_erasure, name="my_erasure"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/<slug:version>/", views.privacy_version, name="privacy_version"),
]
