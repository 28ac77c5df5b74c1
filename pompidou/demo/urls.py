"""Addresses of the demo: where to start, the mails sent, the gallery of pieces. Included only when settings.DEMO is on."""

from django.urls import path

from pompidou.demo import views

urlpatterns = [
    path("", views.start, name="demo"),
    path("list-2016.xlsx", views.list_2016, name="demo_list_2016"),
    path("badge.png", views.badge_picture, name="demo_badge"),
    path("mails/", views.mails, name="demo_mails"),
    path("mails/<str:name>/", views.mail, name="demo_mail"),
    path("gallery/", views.gallery, name="demo_gallery"),
    path("gallery/banner/<str:phase>/", views.gallery_banner, name="demo_gallery_banner"),
    path("gallery/confirm/", views.gallery_confirm, name="demo_gallery_confirm"),
]
