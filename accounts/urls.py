"""Sign-in: only those pages of the library that this project uses."""

from allauth.account import views as account
from django.urls import include, path, re_path

from accounts import codes, views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("signed-out/", views.signed_out, name="account_signed_out"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", codes.enter_code, name="account_confirm_login_code"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("signup/", account.signup, name="account_signup"),  # always closed; the library's sign-in page names it
    path("reauthenticate/code/", views.confirm_by_code, name="account_confirm_by_code"),
    path("second-factor/", views.second_factor, name="account_second_factor"),
    path("sessions/", views.own_sessions, name="account_sessions"),
    path("2fa/", include("allauth.mfa.urls")),
]
