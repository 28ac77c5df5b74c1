"""Addresses of workshops, the check-in desk and certificates."""

from django.urls import URLPattern, path

from attendance.views import calendars, certificates, desk, evaluation, workshops

urlpatterns: list[URLPattern] = [
    path("calendars/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("my/<slug:slug>/calendar.ics", calendars.my_calendar_file, name="my_calendar_file"),
    path("my/<slug:slug>/calendar/", calendars.my_calendar, name="my_calendar"),
    path("my/<slug:slug>/calendar/subscribe/", calendars.my_calendar_subscribe, name="my_calendar_subscribe"),
    path("my/<slug:slug>/calendar/end/", calendars.my_calendar_end, name="my_calendar_end"),
    path("my/<slug:slug>/workshops/", workshops.my_workshops, name="my_workshops"),
    path("my/<slug:slug>/workshops/wishes/", workshops.my_wishes, name="my_wishes"),
    path("my/<slug:slug>/workshops/<int:pk>/", workshops.my_workshop, name="my_workshop"),
    path("check-in/worker.js", desk.worker, name="check_in_worker"),
    path("check-in/<slug:slug>/", desk.check_in, name="check_in"),
    path("check-in/<slug:slug>/open/<str:token>/", desk.open_link, name="check_in_open"),
    path("check-in/<slug:slug>/here/", desk.here, name="check_in_here"),
    path("check-in/<slug:slug>/enter/", desk.enter, name="check_in_enter"),
    path("check-in/<slug:slug>/undo/", desk.take_back, name="check_in_undo"),
    path("check-in/<slug:slug>/walk-in/", desk.walk_in, name="check_in_walk_in"),
    path("check-in/<slug:slug>/leave/", desk.leave, name="check_in_leave"),
    path("check-in/<slug:slug>/list.json", desk.people, name="check_in_list"),
    path("check-in/<slug:slug>/scans/", desk.scans, name="check_in_scans"),
    path("check-in/<slug:slug>/manifest.webmanifest", desk.manifest, name="check_in_manifest"),
    path("my/<slug:slug>/certificate/", certificates.my_certificate, name="my_certificate"),
    path("my/<slug:slug>/evaluation/", evaluation.my_evaluation, name="my_evaluation"),
    path("certificates/", certificates.certificate_check, name="certificate_check"),
    path("certificates/<str:code>/", certificates.certificate, name="certificate"),
]
