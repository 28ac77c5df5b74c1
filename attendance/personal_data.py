"""What is kept of who speaks, who sits where, who was let in and who was there."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Basis, DataClass, Others, Personal, Reader, Register, fields, history

OFFICE = (Reader.SELF, Reader.SECRETARIAT, Reader.ADMINISTRATOR)
DESK = (Reader.SELF, Reader.SECRETARIAT, Reader.DESK, Reader.ADMINISTRATOR)
REGISTRATION = DataClass.REGISTRATION

PART = Personal(
    _("say in the programme who speaks, moderates and reports"),
    Basis.TASK,
    REGISTRATION,
    (Reader.PUBLIC,),
    _("what you do in a session: speak, moderate or report"),
)
ADMITTED = Personal(_("let people into closed sessions"), Basis.TASK, REGISTRATION, OFFICE, _("to which sessions you are admitted by name"))
SEAT = Personal(
    _("give out the seats of workshops and keep to the order of the queue"),
    Basis.TASK,
    REGISTRATION,
    OFFICE,
    _("which workshops you asked for, and where you have a seat or wait for one"),
)
BADGE = Personal(
    _("know at the door that a badge is genuine"), Basis.SECURITY, REGISTRATION, DESK, _("when badges were made for you and which is valid")
)
PRESENCE = Personal(
    _("know who is in the building, reimburse the days attended, and certify attendance"),
    Basis.TASK,
    REGISTRATION,
    DESK,
    _("on which half-days and in which sessions you were present, and who recorded it"),
)
RUN = Personal(
    _("show who gave out the seats"), Basis.DUTY, DataClass.TRACE, (Reader.SECRETARIAT, Reader.AUDITOR), _("who ran an allocation of seats")
)
SCANNED = Personal(
    _("know at the door who is in, also without network, and put mistakes right"),
    Basis.TASK,
    REGISTRATION,
    DESK,
    _("each scan of your badge: when, at which door, and what was answered; deleted 30 days after the meeting"),
)
DOOR = Personal(
    _("know who let a device check people in"),
    Basis.DUTY,
    DataClass.TRACE,
    (Reader.SECRETARIAT, Reader.ADMINISTRATOR),
    _("which check-in devices you made"),
)
PRESENCE_FIELDS = ("participant", "day", "half", "session", "status", "substitute", "source", "at", "place", "by", "reason")
SCAN_FIELDS = (
    "device",
    "badge",
    "participant",
    "day",
    "half",
    "session",
    "how",
    "device_at",
    "offset_ms",
    "at",
    "received_at",
    "answer",
    "reason",
)

CERTIFICATE_FIELDS = ("participant", "code", "language", "days", "issued_at", "issued_by")
CERTIFIED = Personal(
    _("certify to you, and to whoever checks the code, that you attended"),
    Basis.TASK,
    REGISTRATION,
    OFFICE,
    _("which certificates of attendance were made for you, and for which days"),
)
EVALUATED = Personal(
    _("take one evaluation from each person"),
    Basis.TASK,
    REGISTRATION,
    (Reader.SELF,),
    _("that you answered the evaluation; not what you said, which is kept without your name"),
)
SAID = Personal(
    _("learn how the meeting was and what the next one should take up"),
    Basis.TASK,
    REGISTRATION,
    (Reader.SECRETARIAT, Reader.ADMINISTRATOR),
    _("what was said in evaluations, without anybody’s name"),
)

PERSONAL: Register = {
    "attendance.part": fields(("session", "role", "participant", "guest_name", "guest_words"), PART),
    "attendance.historicalpart": history(REGISTRATION),
    "attendance.admission": fields(("session", "participant", "reason", "at", "by"), ADMITTED),
    "attendance.booking": fields(("session", "participant", "state", "origin", "queued_at", "decided_at"), SEAT),
    "attendance.historicalbooking": history(REGISTRATION),
    "attendance.wish": fields(("session", "participant", "rank", "at"), SEAT),
    "attendance.allocation": fields(("made_at", "made_by"), RUN),
    "attendance.badge": fields(("participant", "code", "made_at", "made_by", "voided_at"), BADGE),
    "attendance.checkin": fields(PRESENCE_FIELDS, PRESENCE),
    "attendance.historicalcheckin": history(REGISTRATION),
    "attendance.scan": fields((*SCAN_FIELDS, "first_at", "first_place", "undone_at"), SCANNED),
    "attendance.device": fields(("made_at", "made_by"), DOOR),
    "attendance.certificate": fields((*CERTIFICATE_FIELDS, "revoked_at", "revoked_by", "reason"), CERTIFIED),
    "attendance.evaluated": fields(("participant",), EVALUATED),
    "attendance.evaluationanswer": fields(("comment", "topics"), SAID),
}

NOT_PERSONAL: Others = {
    "attendance.scan": ("id",),
    "attendance.device": (
        *("meeting", "name", "confirms", "token_hash", "pin_hash", "salt", "session_key"),
        *("opened_at", "seen_at", "offset_ms", "revoked_at"),
    ),
    "attendance.part": ("order",),
    "attendance.allocation": ("meeting", "seed", "applied_at", "counts"),
    "attendance.evaluationanswer": ("id", "meeting", "content", "speakers", "exchange", "interpretation", "organisation", "is_shown"),
}
