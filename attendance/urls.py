"""Addresses of workshops, the check-in desk and certificates."""

from django.urls import URLPattern, path

from attendance.views import calendars

urlpatterns: list[URLPattern] = [
    path("calendars/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("my/<slug:slug>/calendar.ics", calendars.my_calendar_file, name="my_calendar_file"),
    path("my/<slug:slug>/calendar/", calendars.my_calendar, name="my_calendar"),
    path("my/<slug:slug>/calendar/subscribe/", calendars.my_calendar_subscribe, name="my_calendar_subscribe"),
    path("my/<slug:slug>/calendar/end/", calendars.my_calendar_end, name="my_calendar_end"),
]
