"""What tables are called in reports that people read."""

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

# Parts of a table, files, and tables whose own names no reader would understand.
NAMES = {
    "participants.participant": _lazy("Registrations"),
    "participants.participant:unconfirmed": _lazy("Forms whose address was not confirmed"),
    "participants.exportedpeople": _lazy("Lists of who was in an export"),
    "participants.personallink": _lazy("Personal links"),
    "participants.handover": _lazy("Hand-overs of places"),
    "participants.offer": _lazy("Offers of places"),
    "files:mail": _lazy("Files with mails of the demo"),
    "admin.logentry": _lazy("Lines of the trail of the back office"),
    "sessions.session": _lazy("Open sessions"),
    "usersessions.usersession": _lazy("From where somebody was signed in"),
    "accounts.tally": _lazy("Counts of tries"),
    "account.emailaddress": _lazy("Addresses to sign in with"),
    "mfa.authenticator": _lazy("Second factors"),
    "django_tasks_database.dbtaskresult": _lazy("Background tasks"),
}
HISTORICAL = "historical"


def name_of(table: str) -> str:
    """What a table of a report is called: "Change history: session"."""
    if table in NAMES:
        return str(NAMES[table])
    app, _dot, model = table.partition(".")
    try:
        if model.startswith(HISTORICAL):
            tracked = apps.get_model(app, model.removeprefix(HISTORICAL))
            return _("Change history: %(what)s") % {"what": tracked._meta.verbose_name_plural}
        return capfirst(str(apps.get_model(app, model)._meta.verbose_name_plural))
    except LookupError:  # a table of an earlier version
        return table
