"""What the ledgers of this app keep of people: keys and who did it, never a name."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import ALL, Basis, DataClass, Others, Personal, Reader, Register, fields, history

ERASED = Personal(
    _("show that data were erased, and erase them again should an old backup come back"),
    Basis.DUTY,
    DataClass.TRACE,
    (Reader.AUDITOR, Reader.ADMINISTRATOR),
    _("that somebody was erased, when and by whom: numbers of rows, no name"),
)

ASKED = Personal(
    _("do what you asked for: erase what is kept of you"),
    Basis.TASK,
    DataClass.ACCOUNT,
    (Reader.SELF, Reader.SECRETARIAT),
    _("that you asked to be erased, and when"),
)

PERSONAL: Register = {
    "privacy.erasure": fields(("made_at", "made_by", "account", "registrations", "references", "marks"), ERASED),
    "privacy.erasurerequest": fields(("user", "made_at"), ASKED),
    "privacy.noticeversion": {"published_by": history(DataClass.ACCOUNT)["history_user"]},
    "privacy.historicalretentionperiod": history(DataClass.TRACE),
}

NOT_PERSONAL: Others = {
    "privacy.erasure": ("uid", "purpose", "counts"),
    "privacy.noticeversion": ("version", "text_en", "text_fr", "digest", "published_at"),
    "privacy.purgerun": ALL,
    "privacy.retentionperiod": ALL,
}
