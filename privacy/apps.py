from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        from participants import notice as notice_read
        from privacy import checks, notice  # noqa: F401  models are ready only now; the checks register themselves

        notice_read.register(notice.version_in_force)
        # The register looks at every table, and the retention periods are there only once migrations have run.
        post_migrate.connect(notice.publish_first, sender=self, dispatch_uid="privacy.notice")
