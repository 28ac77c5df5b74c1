"""The words in which each app says, field by field, what it keeps of people (Convention 108+, Articles 5 and 8).

Every app has a ``personal_data`` module with ``PERSONAL``: model label → field → ``Personal``, and ``NOT_PERSONAL``: model
label → the fields that say nothing of a person. The app ``privacy`` puts them together, makes the notice from them,
and runs the clocks. A row's own number needs no entry. A table of change history takes over those of the table it follows and
says only what ``history`` says.

This module has those of the accounts, and of the libraries beneath all apps.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DataClass(models.TextChoices):
    """What is kept for the same time; the clock of each and where it starts are rows the secretariat owns."""

    ACCOUNT = "account", _("Accounts")
    REGISTRATION = "registration", _("Registrations")
    NEEDS = "needs", _("Dietary and accessibility needs")
    TRAVEL = "travel", _("Arrival and departure")
    PASSPORT = "passport", _("Passport data")
    CONSENT = "consent", _("Consents")
    MAIL = "mail", _("Mails sent")
    TRACE = "trace", _("Who saw, exported or decided what")
    SECURITY = "security", _("Sessions, attempts to sign in")
    PUBLISHED = "published", _("What is published about a meeting")


class Basis(models.TextChoices):
    """Why it may be kept (Convention 108+, Article 5.2)."""

    TASK = "task", _("the task given to the secretariat by its member states")
    CONSENT = "consent", _("your consent, which you can withdraw")
    REQUEST = "request", _("your own request, until you take it back")
    SECURITY = "security", _("the security of the people and of the system")
    DUTY = "duty", _("the duty to show who did what")


class Reader(models.TextChoices):
    """Who can see it."""

    SELF = "self", _("you")
    PUBLIC = "public", _("everybody")
    PARTICIPANTS = "participants", _("those who take part in the same meeting")
    SECRETARIAT = "secretariat", _("the secretariat")
    LETTERS = "letters", _("those who write visa letters")
    CORRESPONDENT = "correspondent", _("the Permanent Correspondent of your country")
    HOST = "host", _("the host of the meeting")
    DESK = "desk", _("the check-in desk")
    AUDITOR = "auditor", _("the auditor")
    ADMINISTRATOR = "administrator", _("the administrator of the system")
    NOBODY = "nobody", _("nobody; only the program reads it")


@dataclass(frozen=True, slots=True)
class Personal:
    """One field that says something of a person. ``purpose`` completes "We keep this to …".

    Fields of the same ``what`` stand together in the notice, which calls them so.
    """

    purpose: str | Promise
    basis: Basis
    data_class: DataClass
    readers: tuple[Reader, ...]
    what: str | Promise = ""


# Label ("participants.participant") → field name → what it is kept for.
Register = dict[str, dict[str, Personal]]
# Label → names of the fields that say nothing of a person, or ALL for a table that holds none.
Others = dict[str, Any]
ALL = "__all__"


def fields(names: Iterable[str], entry: Personal) -> dict[str, Personal]:
    """The same entry for several fields."""
    return dict.fromkeys(names, entry)


def history(data_class: DataClass, *readers: Reader) -> dict[str, Personal]:
    """What a table of change history keeps beside the columns of its own table: who changed them, when and why."""
    what, purpose = _("who changed what, when and why"), _("show who changed what, and put mistakes right")
    entry = Personal(purpose, Basis.DUTY, data_class, (*readers, Reader.SECRETARIAT, Reader.AUDITOR, Reader.ADMINISTRATOR), what)
    return fields(("history_user", "history_date", "history_change_reason"), entry)


ADMINISTRATOR = (Reader.ADMINISTRATOR,)
COLLEAGUES = (Reader.SELF, Reader.SECRETARIAT, Reader.AUDITOR, Reader.ADMINISTRATOR)
AUDIT = (Reader.AUDITOR, Reader.ADMINISTRATOR)
NOBODY = (Reader.NOBODY,)

SESSION = Personal(
    _("keep you signed in, and let you see where you are and end it from afar"),
    Basis.SECURITY,
    DataClass.SECURITY,
    (Reader.SELF,),
    _("where you are signed in: the browser, its network and when it was last used"),
)
SECOND_FACTOR = Personal(
    _("ask members of staff for a second proof of who they are"),
    Basis.SECURITY,
    DataClass.ACCOUNT,
    (Reader.SELF,),
    _("your second factor, if you have one"),
)
PROVEN_ADDRESS = Personal(
    _("know that an address is yours"), Basis.SECURITY, DataClass.ACCOUNT, NOBODY, _("whether the address of your account is proven")
)
RIGHTS = Personal(
    _("let members of staff do their work, and no more"),
    Basis.SECURITY,
    DataClass.ACCOUNT,
    COLLEAGUES,
    _("which rights an account has"),
)
USE = Personal(
    _("know which accounts are no longer used, and delete them"),
    Basis.TASK,
    DataClass.ACCOUNT,
    ADMINISTRATOR,
    _("since when you have an account, and when you last signed in"),
)
LOOK = Personal(
    _("show who looked at whose data, and find out if somebody did without need"),
    Basis.DUTY,
    DataClass.TRACE,
    AUDIT,
    _("which member of staff opened which registration, mail or account, and when"),
)
EVENT = Personal(
    _("notice attacks, and show what happened to an account"),
    Basis.SECURITY,
    DataClass.SECURITY,
    AUDIT,
    _("signing in and out, failed attempts, changes of rights"),
)
WORK = Personal(
    _("show who changed what in the back office"),
    Basis.DUTY,
    DataClass.TRACE,
    (Reader.SECRETARIAT, *AUDIT),
    _("what members of staff did in the back office"),
)
TASK = Personal(
    _("do what takes time after the page is answered, and find out why it failed"),
    Basis.TASK,
    DataClass.MAIL,
    NOBODY,
    _("which mail a program has to send next"),
)

PERSONAL: Register = {
    "accounts.user": {
        "email": Personal(
            _("let you sign in, and write to you"),
            Basis.TASK,
            DataClass.ACCOUNT,
            (Reader.SELF, Reader.ADMINISTRATOR),
            _("the e-mail address of your account"),
        ),
        "password": Personal(
            _("check the password of those who have one; it cannot be read from what we keep"),
            Basis.SECURITY,
            DataClass.ACCOUNT,
            NOBODY,
            _("a fingerprint of your password, if you have one"),
        ),
        "name": Personal(_("tell colleagues who did what"), Basis.TASK, DataClass.ACCOUNT, COLLEAGUES, _("the name of a member of staff")),
        "language": Personal(
            _("write to you in your language"),
            Basis.TASK,
            DataClass.ACCOUNT,
            (Reader.SELF, Reader.ADMINISTRATOR),
            _("the language of mails about signing in"),
        ),
        **fields(("date_joined", "last_login"), USE),
        **fields(("is_active", "is_staff", "is_superuser", "groups", "user_permissions"), RIGHTS),
    },
    "accounts.look": fields(("by", "at", "what", "key", "reference", "spell"), LOOK),
    "accounts.securityevent": fields(("at", "event", "by", "about", "facts"), EVENT),
    "accounts.tally": {
        "key": Personal(
            _("slow down whoever tries addresses or codes again and again"),
            Basis.SECURITY,
            DataClass.SECURITY,
            NOBODY,
            _("how often something was tried from one network or for one address, under a code that names neither"),
        )
    },
    "admin.logentry": fields(("user", "action_time", "object_id", "object_repr", "change_message"), WORK),
    "sessions.session": fields(("session_key", "session_data", "expire_date"), SESSION),
    "usersessions.usersession": fields(("user", "created_at", "last_seen_at", "ip", "user_agent", "session_key", "data"), SESSION),
    "mfa.authenticator": fields(("user", "type", "data", "created_at", "last_used_at"), SECOND_FACTOR),
    "account.emailaddress": fields(("user", "email", "verified", "primary"), PROVEN_ADDRESS),
    "account.emailconfirmation": fields(("email_address", "created", "sent", "key"), PROVEN_ADDRESS),
    "django_tasks_database.dbtaskresult": fields(("args_kwargs", "return_value", "traceback"), TASK),
}

NOT_PERSONAL: Others = {
    "accounts.tally": ("count", "ends"),
    "admin.logentry": ("content_type", "action_flag"),
    "auth.group": ALL,
    "auth.permission": ALL,
    "contenttypes.contenttype": ALL,
    "django_tasks_database.dbtaskresult": (
        *("id", "status", "enqueued_at", "started_at", "finished_at", "priority", "task_path", "worker_ids", "queue_name"),
        *("backend_name", "run_after", "exception_class_path"),
    ),
}
