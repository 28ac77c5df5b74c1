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
    path("nominations/declined/<str:receipt>/", views.nominee_declined, name="nominee_declined"),
    path("nominations/<str:token>/", views.nominee, name="nominee"),
    path("nominations/<str:token>/decline/", views.nominee_decline, name="nominee_decline"),
    path("delegation/", views.delegation_list, name="delegations"),
    path("delegation/<slug:slug>/", views.delegation, name="delegation"),
    path("delegation/<slug:slug>/letter.pdf", views.delegation_letter, name="delegation_letter"),
    path("delegation/<slug:slug>/reply/", views.delegation_reply, name="delegation_reply"),
    path("delegation/<slug:slug>/news/", views.delegation_news, name="delegation_news"),
    path("delegation/<slug:slug>/nominate/", views.nominate, name="nominate"),
    path("delegation/<slug:slug>/nominees/<int:pk>/", views.nomination_correct, name="nomination_correct"),
    path("delegation/<slug:slug>/nominees/<int:pk>/replace/", views.nomination_replace, name="nomination_replace"),
    path("delegation/<slug:slug>/nominees/<int:pk>/withdraw/", views.nomination_withdraw, name="nomination_withdraw"),
    path("delegation/<slug:slug>/nominees/<int:pk>/move/", views.nomination_move, name="nomination_move"),
    path("delegation/<slug:slug>/nominees/<int:pk>/remind/", views.nomination_remind, name="nomination_remind"),
    path("delegation/<slug:slug>/nominees/<int:pk>/letter/", views.nomination_letter, name="nomination_letter"),
    path("registrations/take-over/<str:token>/", views.take_over, name="take_over"),
    path("my/", views.my, name="my"),
    path("my/<slug:slug>/", views.my_registration, name="my_registration"),
    path("my/<slug:slug>/edit/", views.my_edit, name="my_edit"),
    path("my/<slug:slug>/passport/", views.my_passport, name="my_passport"),
    path("my/<slug:slug>/withdraw/", views.my_withdraw, name="my_withdraw"),
    path("my/<slug:slug>/agreed/<slug:what>/", views.my_take_back, name="my_take_back"),
    path("my/<slug:slug>/hand-over/", views.my_hand_over, name="my_hand_over"),
    path("my/<slug:slug>/offer/", views.my_offer, name="my_offer"),
    path("my/<slug:slug>/reopen/", views.my_reopen, name="my_reopen"),
]
