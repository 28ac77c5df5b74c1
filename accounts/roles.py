"""The groups of staff and the least rights each needs; applied after every migration, so that this file is the truth."""

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_noop

# A closed session tells its title to whoever may view sessions: so neither the host nor the desk may.
VIEW_MEETING = ["meetings.view_meeting", "meetings.view_room", "meetings.view_datechange"]
VIEW_PROGRAMME = [*VIEW_MEETING, "meetings.view_session", "meetings.view_programmeversion"]
VIEW_REFERENCE = ["delegations.view_country", "delegations.view_body", "delegations.view_region", "participants.view_sector"]


# What the page of a person links to; it tells nothing of people.
NAMED_ON_A_PERSON = ["delegations.view_country", "participants.view_sector"]


def every(app: str, *models: str) -> list[str]:
    """All four rights on these models."""
    return [f"{app}.{action}_{model}" for model in models for action in ("view", "add", "change", "delete")]


ROLES: dict[str, list[str]] = {
    gettext_noop("Secretariat"): [
        *every("meetings", "meeting", "room", "session", "datechange"),
        *("meetings.view_programmeversion", "meetings.add_programmeversion"),
        *every("attendance", "part", "admission"),
        *every("delegations", "country", "countrystatus", "formername", "body", "region"),
        *every("delegations", "correspondent", "invitation"),
        "delegations.send_invitation",
        *every("participants", "sector", "reason", "target"),
        *("attendance.view_device", "attendance.add_device", "attendance.change_device", "attendance.use_desk"),
        "attendance.view_scan",
        "participants.view_note",
        "participants.add_note",
        *("delegations.view_nomination", "delegations.add_nomination", "delegations.change_nomination"),
        *every("participants", "sector"),
        "participants.view_participant",
        "participants.view_all_registrations",
        "participants.add_participant",
        "participants.change_participant",
        "participants.decide_participant",
        "participants.merge_participant",
        "participants.export_participant",
        "participants.import_participant",
        "participants.view_importrecord",
        "participants.view_protected_identity",
        "participants.view_needs",
        "participants.change_needs",
        "participants.view_journey",
        "participants.change_journey",
        "participants.view_exportrecord",
        "participants.view_reveal",
        "participants.view_consent",
        *every("participants", "remindersetting"),
        *("attendance.view_badge", "attendance.add_badge", "attendance.change_badge"),
        "attendance.view_booking",
        "attendance.change_booking",
        *("attendance.view_checkin", "attendance.change_checkin"),
        *("attendance.view_certificate", "attendance.add_certificate", "attendance.change_certificate"),
        "attendance.view_evaluationanswer",  # all of a meeting together; nobody is shown one
        "correspondence.view_messagetemplate",
        "correspondence.change_messagetemplate",
        "correspondence.view_message",
        "correspondence.change_message",
        *every("correspondence", "campaign"),
        "correspondence.send_campaign",
        "accounts.view_user",
        "accounts.copy_person",
        "privacy.view_retentionperiod",
        "privacy.change_retentionperiod",
        "privacy.view_purgerun",
        "privacy.view_noticeversion",
        "privacy.add_noticeversion",
        "privacy.view_erasure",
        "privacy.view_erasurerequest",
        "privacy.erase_person",
    ],
    # sees arrivals and head-counts, hands the security list to the police of the host and fetches people; no needs, no mail
    gettext_noop("Host liaison"): [
        *VIEW_MEETING,
        *VIEW_REFERENCE,
        "participants.view_participant",
        "participants.view_journey",
        "participants.export_participant",
    ],
    gettext_noop("Check-in desk"): [
        *VIEW_MEETING,
        *NAMED_ON_A_PERSON,
        "participants.view_participant",
        "attendance.use_desk",
        # a badge lost at the door is made again there
        *("attendance.view_badge", "attendance.change_badge"),
    ],
    gettext_noop("Rapporteur"): [*VIEW_PROGRAMME, *VIEW_REFERENCE, "meetings.change_session"],
    # for some of the secretariat, beside their other role: writes letters in support of a visa
    gettext_noop("Visa letters"): [
        *NAMED_ON_A_PERSON,
        "participants.view_participant",
        "participants.view_passport",
        "participants.change_passport",
    ],
    # reads who did what, the ledgers and the outbox's states, changes nothing, and sees no protected name
    gettext_noop("Auditor"): [
        *VIEW_PROGRAMME,
        *VIEW_REFERENCE,
        "delegations.view_correspondent",
        "delegations.view_invitation",
        "delegations.view_nomination",
        "participants.view_participant",
        "participants.view_all_registrations",
        "participants.view_exportrecord",
        "participants.view_importrecord",
        "participants.view_reveal",
        "participants.view_consent",
        "attendance.view_badge",
        "attendance.view_certificate",
        "correspondence.view_message",
        "correspondence.view_messagetemplate",
        "correspondence.view_campaign",
        "accounts.view_user",
        "privacy.view_retentionperiod",
        "accounts.view_look",
        "accounts.view_securityevent",
        "privacy.view_purgerun",
        "privacy.view_noticeversion",
        "privacy.view_erasure",
    ],
}


def apply_roles(**kwargs: object) -> None:
    """Make each group and give it exactly its rights; rights whose tables do not exist yet are given next time."""
    permissions = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    for name, wanted in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(permissions[key] for key in wanted if key in permissions)
