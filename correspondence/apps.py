from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CorrespondenceConfig(AppConfig):
    name = "correspondence"
    verbose_name = _("Correspondence")

    def ready(self) -> None:
        from correspondence import kinds
        from correspondence.campaigns import KIND
        from correspondence.sign_in import KINDS
        from correspondence.wording import add_missing_templates

        kinds.register(*KINDS, KIND)
        # Every app has registered its kinds by the time migrations have run.
        post_migrate.connect(add_missing_templates, sender=self, dispatch_uid="correspondence.wording")
