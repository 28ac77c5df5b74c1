"""The back office: Django's admin, with one way in and our own first page."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class BackOffice(AdminSite):
    """Signing in happens on the site's own page, so that no second door stands beside it."""

    site_title = _("Pompidou Group meetings")
    site_header = _("Pompidou Group meetings")
    index_title = _("Today")
    enable_nav_sidebar = False
