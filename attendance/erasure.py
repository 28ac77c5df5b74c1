"""Taking somebody out of presence: on which half-days there was somebody stays for the figures, and no word about them."""

from collections import Counter

from attendance.models import Certificate, CheckIn
from participants.models import Participant

NO_REASON = "–"  # what is recorded by hand needs one


def forget_presence(participant: Participant) -> Counter[str]:
    """Empty what staff wrote about somebody's presence and certificates, with its history; says how many rows that were."""
    written = CheckIn.objects.filter(participant=participant).exclude(reason__in=("", NO_REASON))
    changed = written.update(reason=NO_REASON)
    history = CheckIn.history.filter(participant=participant).delete()[0]
    explained = Certificate.objects.filter(participant=participant).exclude(reason__in=("", NO_REASON)).update(reason=NO_REASON)
    return Counter({"attendance.checkin": changed, "attendance.historicalcheckin": history, "attendance.certificate": explained})
