"""Addresses: English at the plain path, French under /fr/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from pompidou import health, pages, well_known

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
]

urlpatterns += i18n_patterns(
    path("", include("reports.urls")),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("", include("privacy.urls")),  # before /my/<slug>/
    path("", include("participants.urls")),
    path("", include("attendance.urls")),
    path("", include("delegations.urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    *([path("demo/", include("pompidou.demo.urls"))] if settings.DEMO else []),
    prefix_default_language=False,
)

handler400 = "pompidou.errors.bad_request"
handler403 = "pompidou.errors.denied"
handler404 = "pompidou.errors.not_found"
handler500 = "pompidou.errors.server_error"
