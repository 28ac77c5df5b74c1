"""The background worker: runs queued tasks, and every half minute the sweeps named in the settings."""

import logging
import threading
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connections
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Deliver mail and run background tasks; start as many as you like, on any machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks at the queue")
        parser.add_argument("--sweep-every", type=float, default=30.0, help="seconds between sweeps")
        parser.add_argument("--batch", action="store_true", help="sweep once, run what is queued, and end")

    def handle(self, *, interval: float, sweep_every: float, batch: bool, verbosity: int, **options: Any) -> None:
        if batch:
            sweep_once()
        else:
            threading.Thread(target=sweep_for_ever, args=(sweep_every,), daemon=True, name="sweep").start()
        choices = {"queue_name": "*", "startup_delay": False, "reload": False, "verbosity": verbosity}
        call_command("db_worker", interval=interval, batch=batch, **choices)


def sweep_for_ever(seconds: float) -> None:
    """Sweep, wait, and sweep again until the process ends."""
    pause = threading.Event()
    while True:
        close_old_connections()
        sweep_once()
        connections.close_all()
        pause.wait(seconds)


def sweep_once() -> None:
    """Run each sweep of the settings; one that fails is logged and does not stop the others."""
    for path in settings.SWEEPS:
        try:
            import_string(path)()
        except Exception:
            logger.exception("Sweep %s failed", path)
