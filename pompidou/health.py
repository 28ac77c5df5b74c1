"""Health addresses for whoever watches the service: alive says nothing of the database, ready says all."""

from django.http import HttpRequest, JsonResponse

from correspondence.delivery import queue_health
from pompidou.readiness import database_is_ready


def livez(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, its migrations are applied, and mail is not stuck; details stay in the log."""
    checks = {"database": database_is_ready(), "mail": queue_health()}
    ok = all(checks.values())
    return JsonResponse({"status": "ok" if ok else "not ready", "checks": checks}, status=200 if ok else 503)
