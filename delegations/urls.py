"""Addresses of an invitation's own pages, opened by the personal link in the mail."""

from django.urls import path

from delegations import views

urlpatterns = [
    path("invitations/answered/<str:receipt>/", views.invitation_answered, name="invitation_answered"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("invitations/<str:token>/letter.pdf", views.invitation_letter, name="invitation_letter"),
]
