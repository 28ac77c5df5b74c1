#!/usr/bin/env python
"""Django's command-line entry point."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pompidou.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line  # only once settings are named

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # what a person can set right; a traceback would bury the sentence
        sys.exit(str(error))


if __name__ == "__main__":
    main()
