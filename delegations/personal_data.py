"""What is kept of those who speak for a country or an organisation, and of those who are invited and put forward."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import ALL, Basis, DataClass, Others, Personal, Reader, Register, fields, history

OFFICE = (Reader.SELF, Reader.SECRETARIAT, Reader.ADMINISTRATOR)
DELEGATION = (Reader.CORRESPONDENT, Reader.SECRETARIAT, Reader.ADMINISTRATOR)

CORRESPONDENT = Personal(
    _("know who speaks for a country or an organisation, and show them what concerns it and nothing else"),
    Basis.TASK,
    DataClass.ACCOUNT,
    OFFICE,
    _("for which country or organisation you are correspondent, and from when to when"),
)
INVITED = Personal(
    _("invite you"),
    Basis.TASK,
    DataClass.REGISTRATION,
    OFFICE,
    _("your name, address, function and organisation, if you are invited in person"),
)
REPLY = Personal(
    _("know who comes, and from whom there is no answer yet"),
    Basis.TASK,
    DataClass.REGISTRATION,
    DELEGATION,
    _("who replied to an invitation, when and in which words"),
)
NOMINATED = Personal(
    _("invite those whom their authorities put forward, and give them their places"),
    Basis.TASK,
    DataClass.REGISTRATION,
    DELEGATION,
    _("your name, address, function and organisation as your authorities gave them, with their letter"),
)
LINK = Personal(
    _("let those who have the letter answer it"),
    Basis.SECURITY,
    DataClass.REGISTRATION,
    (Reader.SECRETARIAT, Reader.ADMINISTRATOR),
    _("to whom links to an invitation were mailed and whether they were used; not the links themselves"),
)

CONTACT = Personal(
    _("write to an international organisation"),
    Basis.TASK,
    DataClass.ACCOUNT,
    (Reader.SECRETARIAT, Reader.ADMINISTRATOR),
    _("your name and address, if an organisation gave you as its contact"),
)
NOMINEE_LINK = Personal(
    _("let you, whom your authorities put forward, complete your registration or say that you cannot come"),
    Basis.SECURITY,
    DataClass.REGISTRATION,
    (Reader.SECRETARIAT, Reader.ADMINISTRATOR),
    _("that links to your nomination were mailed to you and whether they were used; not the links themselves"),
)

PERSONAL: Register = {
    "delegations.body": fields(("contact_name", "contact_email", "contact_language"), CONTACT),
    "delegations.correspondent": fields(("user", "country", "body", "starts_on", "ends_on", "note", "wants_news"), CORRESPONDENT),
    "delegations.historicalcorrespondent": history(DataClass.ACCOUNT),
    "delegations.invitation": {
        **fields(
            ("salutation", "given_name", "family_name", "email", "organisation", "function", "language", "hides_name"),
            INVITED,
        ),
        **fields(("text_en", "text_fr", "reference"), INVITED),
        **fields(("sent_by", "replied_by", "replied_from", "replied_at", "reply_words", "reply_note"), REPLY),
    },
    "delegations.historicalinvitation": history(DataClass.REGISTRATION),
    "delegations.invitationlink": fields(
        ("invitation", "user", "email", "purpose", "token_hash", "created_at", "expires_at", "used_at", "revoked_at"), LINK
    ),
    "delegations.nominationlink": fields(("nomination", "token_hash", "created_at", "expires_at", "used_at", "revoked_at"), NOMINEE_LINK),
    "delegations.nomination": fields(
        (
            *(
                "invitation",
                "salutation",
                "given_name",
                "family_name",
                "function",
                "service",
                "organisation",
                "sector",
                "email",
                "language",
            ),
            *("is_head", "is_reimbursed", "priority", "letter", "state", "replaced_by", "put_forward_by", "put_forward_at"),
        ),
        NOMINATED,
    ),
    "delegations.historicalnomination": history(DataClass.REGISTRATION),
}

NOT_PERSONAL: Others = {
    "delegations.body": ("code", "name_en", "name_fr", "acronym_en", "acronym_fr", "note", "starts_on", "ends_on"),
    "delegations.country": ALL,
    "delegations.countrystatus": ALL,
    "delegations.formername": ALL,
    "delegations.invitation": (
        *("meeting", "number", "country", "body", "category", "quota", "reimbursed_quota", "deadline", "state", "created_at"),
        *("sent_at", "reply", "reminded_on"),
    ),
    "delegations.region": ALL,
}
