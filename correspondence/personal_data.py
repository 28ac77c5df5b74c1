"""What the outbox keeps of people."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import ALL, Basis, DataClass, Others, Personal, Reader, Register, fields, history

MAIL = Personal(
    _("write to you, and be able to show that we did"),
    Basis.TASK,
    DataClass.MAIL,
    (Reader.SELF, Reader.SECRETARIAT, Reader.AUDITOR, Reader.ADMINISTRATOR),
    _("the mails we sent you: address, subject, text, when, and what became of them"),
)

PERSONAL: Register = {
    "correspondence.message": fields(
        ("kind", "dedup_key", "to", "language", "subject", "body", "reference", "state", "problem", "created_at", "sent_at"), MAIL
    ),
    "correspondence.historicalmessagetemplate": history(DataClass.TRACE),
}

NOT_PERSONAL: Others = {
    "correspondence.heartbeat": ALL,
    "correspondence.message": ("is_secret", "hides_address", "attempts", "next_attempt_at", "lease_until"),
    "correspondence.messagetemplate": ALL,
}
