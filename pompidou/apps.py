from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Django's admin with our own first page."""

    default_site = "pompidou.admin_site.BackOffice"

    def ready(self) -> None:
        from pompidou import checks  # noqa: F401  registers itself

        super().ready()
