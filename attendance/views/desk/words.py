"""What the desk says, the same from the server and from the program on the device."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attendance.desk import words_of
from attendance.models import Answer, Reason, Scan
from meetings.dates import clock


def shown(scan: Scan) -> dict[str, Any]:
    """An answer as the page shows it: its colour, its word, and what there is to say."""
    said: dict[str, Any] = {"colour": scan.answer, "word": Answer(scan.answer).label, "reason": ""}
    if scan.answer != Answer.RED and scan.participant:
        said["name"], said["where"], said["category"] = words_of(scan.participant)
    if scan.answer == Answer.RED:
        said["reason"] = Reason(scan.reason).label
    elif scan.first_at:
        time = clock(scan.first_at.astimezone(scan.device.meeting.zone))
        said["reason"] = _("Already in at %(time)s, by %(door)s") % {"time": time, "door": scan.first_place or _("the secretariat")}
    return said


def words() -> dict[str, Any]:
    """Every word the program on the device needs, in the page's language."""
    return {
        "answers": {str(answer.value): str(answer.label) for answer in Answer},
        "reasons": {str(reason.value): str(reason.label) for reason in Reason if reason.value},
        "already": _("Already in at %(time)s, by %(door)s"),
        "here": _("this device"),
        "office": _("the secretariat"),
        "refused": _("This is no badge: it is too long or cannot be read."),
        "notHere": _("This code is on no badge that this device knows. Once there is network, the reason is looked up."),
        "undone": _("The last check-in is undone."),
        "nothing": _("There is nothing to undo."),
        "none": _("Nobody of that name is on the list."),
        "checkIn": _("Check in %(name)s"),
        "in": pgettext("presence", "in since %(time)s"),
        "online": _("With network"),
        "offline": _("Without network"),
        "waiting": _("%(n)s to send"),
        "sent": _("all sent"),
        "slow": _("The clock of this device is %(n)s min slow. Times are put right."),
        "fast": _("The clock of this device is %(n)s min fast. Times are put right."),
        "wrongPin": _("This is not the PIN of this device."),
        "lastTry": _("One more wrong PIN, and the list on this device is erased."),
        "noList": _("This device holds no list yet. It needs the network once."),
        "noCode": _("No QR code was found in this picture."),
        "over": _("The meeting is over. The list is erased from this device."),
        "several": _("Several badges are in this picture. Take one of a single badge."),
        "needsNetwork": _("This needs the network"),
        "needsNetworkWhy": _("Places are counted while they are given. Note the name, and register them here once the network is back."),
        "noCamera": _("The camera cannot be used. Upload a picture, or type the name."),
        "inside": _("%(n)s in, of %(of)s"),
        "insideAlone": _("%(n)s in"),
    }
