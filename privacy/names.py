"""What tables and columns are called in reports that people read."""

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
# Words for columns that are shown nowhere else, and of libraries, by the name of the column.
LABELS = {
    "participant": _lazy("Registration"),
    "user": _lazy("Account"),
    "purpose": _lazy("What for"),
    "created_at": _lazy("Made"),
    "created": _lazy("Made"),
    "sent": _lazy("Sent"),
    "expires_at": _lazy("Works until"),
    "used_at": _lazy("Used"),
    "revoked_at": _lazy("Taken back on"),
    "last_seen_at": _lazy("Last used"),
    "last_used_at": _lazy("Last used"),
    "ip": _lazy("Network address"),
    "user_agent": _lazy("Browser"),
    "type": _lazy("Kind"),
    "email": _lazy("E-mail address"),
    "verified": _lazy("Proven"),
    "primary": _lazy("Used for mail"),
    "email_address": _lazy("E-mail address"),
    "history_date": _lazy("Changed"),
    "history_user": _lazy("By"),
    "history_change_reason": _lazy("Why"),
    "action_time": _lazy("When"),
    "object_repr": _lazy("Which"),
    "change_message": _lazy("What"),
    "invitation": _lazy("Invitation"),
    "nomination": _lazy("Nomination"),
    "sent_by": _lazy("Sent by"),
    "hides_name": _lazy("Name hidden"),
    "last_login": _lazy("Last signed in"),
    "is_superuser": _lazy("Administrator"),
    "groups": _lazy("Roles"),
    "user_permissions": _lazy("Single rights"),
    "submission_key": _lazy("Number that keeps a form from being sent twice"),
    "search_key": _lazy("Name as the search compares it"),
    "token_hash": _lazy("Fingerprint of the link"),
    "packed": _lazy("Who was in it"),
    "spell": _lazy("Part of the day"),
    "key": _lazy("Key"),
    "data": _lazy("Details"),
    "marks": _lazy("Proofs of the rows"),
    "query": _lazy("Filters of the list"),
    "campaign": _lazy("Mail to many"),
    "language": _lazy("Language"),
    "written_at": _lazy("Written"),
    "message": _lazy("Mail"),
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
