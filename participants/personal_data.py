"""What a registration keeps of a person, and what hangs on it."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import ALL, Basis, DataClass, Others, Personal, Reader, Register, fields, history

OFFICE = (Reader.SELF, Reader.SECRETARIAT, Reader.ADMINISTRATOR)
STAFF = (Reader.SELF, Reader.SECRETARIAT, Reader.HOST, Reader.DESK, Reader.AUDITOR, Reader.ADMINISTRATOR)
EVERYBODY_THERE = (Reader.SELF, Reader.PARTICIPANTS, *STAFF[1:])
AUDITED = (Reader.SELF, Reader.SECRETARIAT, Reader.AUDITOR, Reader.ADMINISTRATOR)
LEDGER = (Reader.SECRETARIAT, Reader.AUDITOR, Reader.ADMINISTRATOR)
REGISTRATION = DataClass.REGISTRATION

NAME = Personal(
    _("know who comes: for badges, the list of participants and the way into the building"),
    Basis.TASK,
    REGISTRATION,
    EVERYBODY_THERE,
    _("your name and title"),
)
REACH = Personal(
    _("write to you, and ring you up if something changes at short notice"),
    Basis.TASK,
    REGISTRATION,
    OFFICE,
    _("your e-mail address and, if you give it, your telephone number"),
)
LANGUAGE = Personal(_("write to you in your language"), Basis.TASK, REGISTRATION, OFFICE, _("the language of our mails to you"))
WORK = Personal(
    _("let those at the meeting know with whom they speak"),
    Basis.TASK,
    REGISTRATION,
    (Reader.SELF, Reader.PARTICIPANTS, Reader.SECRETARIAT, Reader.HOST, Reader.ADMINISTRATOR),
    _("your function"),
)
SERVICE = Personal(
    _("give the places to those whose work the meeting is about"), Basis.TASK, REGISTRATION, OFFICE, _("your service or unit")
)
CAPACITY = Personal(
    _("know for whom you speak, keep the order of the lists, and count participants by country, category and sector"),
    Basis.TASK,
    REGISTRATION,
    EVERYBODY_THERE,
    _("your organisation, country, sector and category, as they are at the time of the meeting"),
)
STANDING = Personal(
    _("decide on places, and tell those at the door who has one"),
    Basis.TASK,
    REGISTRATION,
    STAFF,
    _("the meeting, your reference number and the state of your registration"),
)
COURSE = Personal(
    _("keep to the order of the waiting list, and explain a decision when you ask"),
    Basis.TASK,
    REGISTRATION,
    AUDITED,
    _("when you registered, what was decided and why"),
)
TRAVEL = Personal(
    _("prepare the way into the building and rooms at the hotel, and fetch you"),
    Basis.TASK,
    DataClass.TRAVEL,
    (Reader.SELF, Reader.SECRETARIAT, Reader.HOST, Reader.ADMINISTRATOR),
    _("your days of arrival and departure and, if you tell us, flight or train and hotel"),
)
PASSPORT = Personal(
    _("write a letter in support of your visa"),
    Basis.REQUEST,
    DataClass.PASSPORT,
    (Reader.SELF, Reader.LETTERS, Reader.ADMINISTRATOR),
    _("your passport: nationality, number, dates, date and place of birth, if you ask for such a letter"),
)
LISTENING = Personal(_("plan the interpretation"), Basis.TASK, REGISTRATION, OFFICE, _("the language you listen in"))
CHOICES = Personal(
    _("show of you what you chose on the list of participants, and take no picture of you that you do not want"),
    Basis.CONSENT,
    REGISTRATION,
    OFFICE,
    _("your choices about the list of participants and about photographs"),
)
NOTICE = Personal(
    _("know what you were told about your data"), Basis.DUTY, DataClass.CONSENT, OFFICE, _("which version of this notice you read")
)
FIRST_TIME = Personal(_("count newcomers"), Basis.TASK, REGISTRATION, OFFICE, _("whether it is your first meeting"))
PROTECTION = Personal(
    _("hide your name from everybody who does not need it"),
    Basis.SECURITY,
    REGISTRATION,
    AUDITED,
    _("whether your name is protected, and under which other name you are listed"),
)
NOTES = Personal(
    _("remember what was agreed with you"),
    Basis.TASK,
    REGISTRATION,
    (Reader.SECRETARIAT, Reader.ADMINISTRATOR),
    _("notes of the secretariat about your registration"),
)
STEP = Personal(
    _("let a second officer confirm a decision about you, and remember what it waits for"),
    Basis.TASK,
    REGISTRATION,
    (Reader.SELF, Reader.SECRETARIAT, Reader.ADMINISTRATOR),
    _("what was proposed or put on hold about your registration, by whom, when and why"),
)
SAME = Personal(
    _("keep one registration for one person, and not ask again whether two people are one"),
    Basis.TASK,
    REGISTRATION,
    (Reader.SELF, Reader.SECRETARIAT, Reader.ADMINISTRATOR),
    _("that two registrations were put together or belong to two people, who said so and when"),
)
SEARCH = Personal(
    _("find your registration when you write to us, and know a form that is sent twice"),
    Basis.TASK,
    REGISTRATION,
    (Reader.NOBODY,),
    _("a copy of your name and answers made for searching"),
)
NEEDS = Personal(
    _("give you food you can eat and a meeting you can take part in"),
    Basis.CONSENT,
    DataClass.NEEDS,
    OFFICE,
    _("what you need at table and to take part, if you tell us"),
)
LINK = Personal(
    _("prove that your address is yours, and let your calendar program fetch your sessions"),
    Basis.SECURITY,
    REGISTRATION,
    (Reader.SECRETARIAT, Reader.ADMINISTRATOR),
    _("which links we gave you and whether they were used; not the links themselves"),
)
CONSENT = Personal(
    _("show what you agreed to and what you took back"),
    Basis.DUTY,
    DataClass.CONSENT,
    AUDITED,
    _("what you agreed to or took back, when, how, and which version of this notice told you what it means"),
)
OFFER = Personal(
    _("offer a place that comes free to the next in line, and keep to the order"),
    Basis.TASK,
    REGISTRATION,
    OFFICE,
    _("when a place was offered to you and what you answered"),
)
HAND_OVER = Personal(
    _("let you hand your place to a colleague, and know who handed it to whom"),
    Basis.TASK,
    REGISTRATION,
    OFFICE,
    _("to whom you handed your place or who handed theirs to you, and the address of the colleague you asked"),
)
REVEAL = Personal(
    _("show who looked at a protected name, and why"),
    Basis.DUTY,
    DataClass.TRACE,
    LEDGER,
    _("who looked at a protected name, when and why"),
)
EXPORT = Personal(
    _("know which list left the system, who took it and who was on it"),
    Basis.DUTY,
    DataClass.TRACE,
    LEDGER,
    _("which lists you were on that left the system, and who took them"),
)
IMPORT = Personal(
    _("know which list you were entered or changed from, and who brought it"),
    Basis.DUTY,
    DataClass.TRACE,
    LEDGER,
    _("which lists you were on that were brought into the system, and who brought them"),
)

PERSONAL: Register = {
    "participants.participant": {
        **fields(("salutation", "given_name", "family_name"), NAME),
        **fields(("email", "phone"), REACH),
        "language": LANGUAGE,
        "function": WORK,
        "service": SERVICE,
        **fields(("organisation", "country", "body", "sector", "category"), CAPACITY),
        **fields(("meeting", "user", "nomination", "reference", "state", "mark"), STANDING),
        **fields(("state_reason", "created_at", "registered_at", "decided_at"), COURSE),
        "listening_language": LISTENING,
        **fields(("visibility", "may_be_photographed"), CHOICES),
        "privacy_notice": NOTICE,
        "is_first_timer": FIRST_TIME,
        **fields(("asks_protection", "is_protected", "alias"), PROTECTION),
        "notes": NOTES,
        **fields(("search_key", "submission_key"), SEARCH),
    },
    "participants.historicalparticipant": history(REGISTRATION),
    "participants.needs": fields(("participant", "diet", "diet_details", "accessibility"), NEEDS),
    "participants.journey": fields(("participant", "arrives_on", "departs_on", "arrival_details", "departure_details", "hotel"), TRAVEL),
    "participants.passport": fields(
        ("participant", "nationality", "number", "issued_on", "expires_on", "born_on", "birth_place"), PASSPORT
    ),
    "participants.note": fields(("participant", "text", "at", "by"), NOTES),
    "participants.merge": fields(("survivor", "other", "at", "by", "taken"), SAME),
    "participants.notsame": fields(("first", "second", "at", "by"), SAME),
    "participants.step": fields(
        ("participant", "kind", "code", "reason", "until", "made_at", "made_by", "outcome", "answer", "closed_at", "closed_by"), STEP
    ),
    "participants.personallink": fields(
        ("participant", "purpose", "token_hash", "created_at", "expires_at", "used_at", "revoked_at"), LINK
    ),
    "participants.consent": fields(("participant", "what", "is_given", "at", "how", "notice", "by"), CONSENT),
    "participants.handover": fields(("participant", "to", "email", "asked_at", "ends_at", "ended_at", "ending"), HAND_OVER),
    "participants.offer": fields(("participant", "offered_at", "lapses_at", "answered_at", "answer"), OFFER),
    "participants.reveal": fields(("participant", "made_by", "made_at", "reason"), REVEAL),
    "participants.exportrecord": fields(("made_by", "made_at", "filters", "options"), EXPORT),
    "participants.exportedpeople": {"packed": EXPORT},
    "participants.importrecord": fields(("made_by", "made_at"), IMPORT),
}

NOT_PERSONAL: Others = {
    "participants.remindersetting": ALL,
    "participants.exportrecord": ("channel", "meeting", "purpose", "columns", "protected_names", "rows"),
    "participants.exportedpeople": ("record", "first_key"),
    # The rows themselves are not in the database: they are encrypted in a file, for a day at most.
    "participants.importrecord": (
        *("channel", "meeting", "kind", "digest", "stage", "new_state", "default_sector", "with_mails", "fields", "counts"),
        *("fingerprint", "problem", "stored_as", "touched_at", "checked", "lease_until", "attempts", "finished_at"),
    ),
    "participants.columnmatch": ALL,
    "participants.reason": ALL,
    "participants.target": ALL,
    "participants.sector": ALL,
}
