"""What meetings and programmes keep of people: who speaks, whom to ask, and who in the secretariat changed what."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import ALL, Basis, DataClass, Others, Personal, Reader, Register, fields, history

CONTACT = Personal(
    _("tell those who want to come whom they can ask"),
    Basis.TASK,
    DataClass.PUBLISHED,
    (Reader.PUBLIC,),
    _("the contact of a meeting: name, e-mail address and telephone number"),
)
SPEAKERS = Personal(
    _("say in the programme who speaks"), Basis.TASK, DataClass.PUBLISHED, (Reader.PUBLIC,), _("the names of speakers and moderators")
)
SIGNATORY = Personal(
    _("say under letters of invitation who sends them"),
    Basis.TASK,
    DataClass.PUBLISHED,
    (Reader.SECRETARIAT, Reader.CORRESPONDENT, Reader.ADMINISTRATOR),
    _("who signs the letters of invitation"),
)

PERSONAL: Register = {
    "meetings.meeting": {
        **fields(("contact_name", "contact_email", "contact_phone"), CONTACT),
        **fields(("signatory_name", "signatory_title_en", "signatory_title_fr"), SIGNATORY),
    },
    "meetings.historicalmeeting": history(DataClass.TRACE),
    "meetings.session": {"speakers": SPEAKERS},
    "meetings.historicalsession": history(DataClass.TRACE),
    "meetings.datechange": {"changed_by": history(DataClass.ACCOUNT)["history_user"]},
    "meetings.programmeversion": {"published_by": history(DataClass.ACCOUNT)["history_user"]},
}

NOT_PERSONAL: Others = {
    "meetings.meeting": (
        *("year", "ordinal", "slug", "code", "title_en", "title_fr", "city_en", "city_fr", "host_country", "venue_en", "venue_fr"),
        *("venue_address", "timezone", "planned_starts_on", "planned_ends_on", "starts_on", "ends_on", "registration_opens_at"),
        *("registration_closes_at", "frozen_on", "capacity", "needs_approval", "decides_twice", "summary_en", "summary_fr", "audience_en"),
        *("audience_fr", "practical_en", "practical_fr", "is_published", "series", "reminder_days", "offer_hours"),
    ),
    "meetings.session": (
        *("meeting", "room", "kind", "title_en", "title_fr", "abstract_en", "abstract_fr", "starts_at", "ends_at", "families"),
        *("is_chatham_house", "categories", "languages", "is_interpreted", "label", "seats", "booking", "booking_opens_at"),
        *("booking_closes_at", "enforcement_seats", "industry_seats", "shares_until", "is_cancelled"),
    ),
    "meetings.datechange": (
        *("meeting", "old_starts_on", "old_ends_on", "new_starts_on", "new_ends_on", "reason_en", "reason_fr", "changed_at"),
    ),
    "meetings.programmeversion": ("meeting", "stage", "number", "snapshot", "note_en", "note_fr", "published_at"),
    "meetings.room": ALL,
}
