"""Addresses of a meeting's programme."""

from django.urls import path

from meetings import views

urlpatterns = [
    path("<slug:slug>/programme/", views.programme, name="programme"),
    path("<slug:slug>/programme.ics", views.programme_ics, name="programme_ics"),
]
