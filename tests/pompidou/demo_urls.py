"""The site's addresses with those of the demo, which exist only where settings.DEMO is on."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from pompidou.urls import handler400, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*urlpatterns, *i18n_patterns(path("demo/", include("pompidou.demo.urls")), prefix_default_language=False)]
