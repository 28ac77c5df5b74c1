from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DelegationsConfig(AppConfig):
    name = "delegations"
    verbose_name = _("Delegations")

    def ready(self) -> None:
        from correspondence import kinds
        from delegations.mails import KINDS  # models are ready only now

        kinds.register(*KINDS)
