"""Addresses of registration and of a participant's own pages."""

from django.urls import path

from participants import views

urlpatterns = [
    path("meetings/<slug:slug>/register/", views.register, name="register"),
    path("meetings/<slug:slug>/register/sent/<str:receipt>/", views.registration_sent, name="registration_sent"),
    path("registrations/confirm/<str:token>/", views.confirm_address, name="confirm_address"),
    path("registrations/confirmed/<str:receipt>/", views.address_confirmed, name="address_confirmed"),
    path("registrations/offer/<str:token>/", views.offer, name="offer"),
    path("registrations/offer-answered/<str:receipt>/", views.offer_answered, name="offer_answered"),
    path("my/", views.my, name="my"),
    path("my/<slug:slug>/", views.my_registration, name="my_registration"),
    path("my/<slug:slug>/edit/", views.my_edit, name="my_edit"),
    path("my/<slug:slug>/passport/", views.my_passport, name="my_passport"),
    path("my/<slug:slug>/withdraw/", views.my_withdraw, name="my_withdraw"),
    path("my/<slug:slug>/agreed/<slug:what>/", views.my_take_back, name="my_take_back"),
    path("my/<slug:slug>/offer/", views.my_offer, name="my_offer"),
    path("my/<slug:slug>/reopen/", views.my_reopen, name="my_reopen"),
]
