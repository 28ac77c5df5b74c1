"""`manage.py forget_second_factor ADDRESS`: for the administrator whom no other administrator can let in again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Forget the second factor and the recovery codes of one account and end its sessions. The password stays; the next sign-in "
        "leads to the enrolment. Make sure who asks for it: this is the way round the second factor."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="the e-mail address of the account")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be forgotten")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get_by_natural_key(options["address"])
        except User.DoesNotExist:
            raise CommandError("No account has this address.") from None
        kinds = second_factor.kinds_of(user)
        if not kinds:
            raise CommandError("This account has no second factor.")
        if not options["dry_run"]:
            second_factor.forget(user=user)
        self.stdout.write(f"{'Would be forgotten' if options['dry_run'] else 'Forgotten'}: {', '.join(kinds)}.")
