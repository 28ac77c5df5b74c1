"""Addresses of workshops, the check-in desk and certificates."""

from django.urls import URLPattern, path

from attendance.views import calendars, workshops

urlpatterns: list[URLPattern] = [
    path("calendars/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("my/<slug:slug>/calendar.ics", calendars.my_calendar_file, name="my_calendar_file"),
    path("my/<slug:slug>/calendar/", calendars.my_calendar, name="my_calendar"),
    path("my/<slug:slug>/calendar/subscribe/", calendars.my_calendar_subscribe, name="my_calendar_subscribe"),
    path("my/<slug:slug>/calendar/end/", calendars.my_calendar_end, name="my_calendar_end"),
    path("my/<slug:slug>/workshops/", workshops.my_workshops, name="my_workshops"),
    path("my/<slug:slug>/workshops/wishes/", workshops.my_wishes, name="my_wishes"),
    path("my/<slug:slug>/workshops/<int:pk>/", workshops.my_workshop, name="my_workshop"),
]
