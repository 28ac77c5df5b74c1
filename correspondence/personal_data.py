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

CAMPAIGN = Personal(
    _("show which mail to many went to whom, and that nobody got it twice"),
    Basis.TASK,
    DataClass.MAIL,
    (Reader.SELF, Reader.SECRETARIAT, Reader.AUDITOR, Reader.ADMINISTRATOR),
    _("which mails to many you were meant to get, and why you got none"),
)
AUTHOR = Personal(
    _("show who wrote to many people, when and to how many"),
    Basis.DUTY,
    DataClass.TRACE,
    (Reader.SELF, Reader.SECRETARIAT, Reader.AUDITOR, Reader.ADMINISTRATOR),
    _("which mails to many a member of staff wrote and sent"),
)

PERSONAL: Register = {
    "correspondence.campaign": fields(("query", "chosen", "made_by", "made_at", "sent_by", "sent_at"), AUTHOR),
    "correspondence.campaignrecipient": fields(("campaign", "key", "language", "reason", "written_at", "message"), CAMPAIGN),
    "correspondence.message": fields(
        ("kind", "dedup_key", "to", "language", "subject", "body", "reference", "state", "problem", "created_at", "sent_at"), MAIL
    ),
    "correspondence.historicalmessagetemplate": history(DataClass.TRACE),
}

NOT_PERSONAL: Others = {
    "correspondence.campaign": (
        *("name", "audience", "counted", "subject_en", "subject_fr", "body_en", "body_fr", "state", "mails", "left_out"),
        *("touched_at", "looked_on", "finished_at"),
    ),
    "correspondence.heartbeat": ALL,
    "correspondence.message": ("is_secret", "hides_address", "attempts", "next_attempt_at", "lease_until"),
    "correspondence.messagetemplate": ALL,
}
