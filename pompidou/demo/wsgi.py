"""The WSGI entry point of the demo: debug mode with the site's own error pages."""

import os
from types import TracebackType

from django.core.handlers.exception import get_exception_response
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, get_urlconf
from django.views import debug

from pompidou.wsgi import in_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pompidou.settings")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that leads nowhere."""
    return get_exception_response(request, get_resolver(get_urlconf()), 404, exception)


def fault(
    request: HttpRequest,
    exc_type: type[BaseException] | None,
    exc_value: BaseException | None,
    tb: TracebackType | None,
    status_code: int = 500,
) -> HttpResponse:
    """The page for a fault of ours, or for a request that no browser sends (400); Django writes the traceback to the log."""
    resolver = get_resolver(get_urlconf())
    if status_code == 400 and isinstance(exc_value, Exception):
        return get_exception_response(request, resolver, 400, exc_value)
    return resolver.resolve_error_handler(500)(request)


# The demo needs DEBUG: without it cookies are kept off plain http. But DEBUG also shows Django's own error pages, which tell a
# visitor about settings and addresses, and not how to go on. There is no setting for one without the other.
debug.technical_404_response = not_found
debug.technical_500_response = fault

application = in_utf8(get_wsgi_application())
