"""Addresses of the pages that bring figures, meetings and reports together."""

from django.urls import path

from reports import views

urlpatterns = [
    path("", views.home, name="home"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<slug:slug>/", views.meeting, name="meeting"),
    path("meetings/<slug:slug>/programme/", views.programme, name="programme"),
    path("meetings/<slug:slug>/programme.ics", views.programme_ics, name="programme_ics"),
    path("meetings/<slug:slug>/programme.pdf", views.programme_pdf, name="programme_pdf"),
    path("meetings/<slug:slug>/programme.docx", views.programme_docx, name="programme_docx"),
    path("meetings/<slug:slug>/programme/<int:pk>.ics", views.session_ics, name="session_ics"),
]
