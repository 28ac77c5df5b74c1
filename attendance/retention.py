"""How long what the doors recorded is kept: shorter than the presence that was made of it."""

from accounts.retention import Rows
from attendance.models import Device, Scan
from attendance.models.desk import KEPT_DAYS
from participants.retention import after_meeting

# Whatever the clock of registrations says: a month is long enough to settle who was where.
SCANS = Rows("attendance.scan", Scan.objects.all, after_meeting("device__meeting"), days=KEPT_DAYS)
DEVICES = Rows("attendance.device", Device.objects.all, after_meeting("meeting"), days=KEPT_DAYS)
