"""Django's own command, taught the name that this project gives to lazy texts, and writing the same file for the same words."""

import re
from pathlib import Path
from typing import Any

from django.core.management.commands import makemessages

# Folders with no text for readers. Folders that start with a dot are left out by Django.
LEFT_OUT = ["bench/*", "deploy/*", "docs/*", "static/*", "tests/*", "var/*"]
BORN = re.compile(r'^"POT-Creation-Date: .*\n', re.MULTILINE)


class Command(makemessages.Command):
    # Modules that need both kinds write _ for now and _lazy for later.
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_lazy"]
    # A guessed translation is worse than none: nobody notices it.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def handle(self, *args: Any, **options: Any) -> None:
        options["ignore_patterns"] = [*options["ignore_patterns"], *LEFT_OUT]
        options["no_obsolete"] = True
        options["add_location"] = options["add_location"] or "file"  # line numbers would change with every edit
        super().handle(*args, **options)

    def write_po_file(self, potfile: str, locale: str) -> None:
        """As Django does, without the time at which the words were collected."""
        super().write_po_file(potfile, locale)
        written = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        written.write_text(BORN.sub("", written.read_text(encoding="utf-8")), encoding="utf-8")
