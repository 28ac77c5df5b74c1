"""The WSGI entry point for gunicorn."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

CHARSET = re.compile(r";[^;]*charset[^;]*", re.IGNORECASE)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def in_utf8(application: Application) -> Application:
    """Forget the encoding that a client says it uses: our pages send UTF-8, which is read when nothing is said.

    Django would believe it while it makes the request, before any middleware, and some that Python knows fail in ways nobody expects.
    """

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
        return application(environ, start_response)

    return serve


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pompidou.settings")
application = in_utf8(get_wsgi_application())
