from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import checks, second_factor_events  # noqa: F401  models are ready only now; both register themselves
        from accounts.roles import apply_roles

        # Permissions exist only once migrations have run, so this is Django's one place to grant them to groups.
        # It runs after each app's turn: an app's own permissions are there only then.
        post_migrate.connect(apply_roles, dispatch_uid="accounts.roles")
