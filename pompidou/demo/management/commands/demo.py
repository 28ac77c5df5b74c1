"""Fills the database with the demo's invented meetings and people."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from pompidou.demo.build import build
from pompidou.demo.stages import Stage


class Command(BaseCommand):
    help = "Make the demo, or put it back as it was: three meetings, their people and mails, an account per role. All invented."

    def add_arguments(self, parser: CommandParser) -> None:
        stages = [str(stage) for stage in Stage]
        parser.add_argument("--stage", choices=stages, default=str(Stage.OPEN), help="where the coming meeting stands (default: open)")
        parser.add_argument("--flush", action="store_true", help="empty the database first; without it, what visitors entered stays")

    def handle(self, *, stage: str, flush: bool, verbosity: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This fills the database with invented people, so it runs only where DEMO=1 is set.")
        build(Stage(stage), flush=flush, say=self.say if verbosity else lambda line: None)

    def say(self, line: str) -> None:
        """Tell what is done as it is done."""
        self.stdout.write(f"  {line}")
        self.stdout.flush()
