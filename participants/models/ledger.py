"""Who exported which list, and who was shown a protected name: rows that nobody edits."""

import zlib
from collections.abc import Iterable

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.text import PersonTextField
from meetings.models import Meeting
from participants.models.participant import Participant


class ExportRecord(models.Model):
    """One list that left the system."""

    made_at = models.DateTimeField(_("when"), default=timezone.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    channel = models.CharField(pgettext_lazy("channel", "from"), max_length=20, default="admin", help_text=_("admin or command line"))
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("meeting"))
    purpose = models.CharField(_("purpose"), max_length=30)
    filters = models.JSONField(_("filters"), default=dict, blank=True)
    columns = models.JSONField(_("columns"), default=list)
    options = models.JSONField(_("options"), default=dict, blank=True)
    protected_names = models.BooleanField(_("with protected names"), default=False)
    rows = models.PositiveIntegerField(
        _("rows"), null=True, blank=True, help_text=_("Empty while it is under way, or when it was broken off.")
    )

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("export ledger")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at:%Y-%m-%d %H:%M}"


class ExportedPeople(models.Model):
    """Who was in one export: a bit for each key from ``first_key`` on, packed. A hundred thousand people take 12 kB at most where
    a row for each would take as long to write as the file itself."""

    record = models.OneToOneField(ExportRecord, on_delete=models.CASCADE, related_name="people", primary_key=True)
    first_key = models.BigIntegerField(default=0)
    packed = models.BinaryField()

    class Meta:
        verbose_name = _("people in an export")
        verbose_name_plural = _("people in exports")

    def __str__(self) -> str:
        return str(self.record_id)

    @classmethod
    def write(cls, record: ExportRecord, keys: Iterable[int]) -> None:
        """Keep who is in this export; called before its first row leaves."""
        sorted_keys = sorted(keys)
        first = sorted_keys[0] if sorted_keys else 0
        bits = bytearray((sorted_keys[-1] - first) // 8 + 1 if sorted_keys else 0)
        for key in sorted_keys:
            bits[(key - first) >> 3] |= 1 << ((key - first) & 7)
        cls.objects.create(record=record, first_key=first, packed=zlib.compress(bytes(bits), 1))

    @classmethod
    def exports_with(cls, key: int) -> list[int]:
        """The exports that participant was in, by primary key. Reads one small row for each export that could hold them."""
        return cls.exports_with_any([key])

    @classmethod
    def exports_with_any(cls, keys: Iterable[int]) -> list[int]:
        """The exports that any of these participants was in, in one query."""
        wanted = list(keys)
        found = cls.objects.filter(first_key__lte=max(wanted, default=-1)).iterator()
        return [people.record_id for people in found if any(map(people.holds, wanted))]

    @classmethod
    def forget(cls, key: int) -> int:
        """Take an erased participant out of every export's list, and say out of how many."""
        found = [people for people in cls.objects.filter(first_key__lte=key).iterator() if people.holds(key)]
        for people in found:
            bits = bytearray(people.bits)
            bits[(key - people.first_key) >> 3] &= ~(1 << ((key - people.first_key) & 7))
            people.packed = zlib.compress(bytes(bits), 1)
            people.save(update_fields=["packed"])
        return len(found)

    @property
    def bits(self) -> bytes:
        return zlib.decompress(self.packed)

    def holds(self, key: int) -> bool:
        """Whether that participant was in the export."""
        place, bits = key - self.first_key, self.bits
        return 0 <= place < len(bits) * 8 and bool(bits[place >> 3] & (1 << (place & 7)))

    def keys(self) -> list[int]:
        """Everybody who was in it, by primary key."""
        return [self.first_key + 8 * place + bit for place, byte in enumerate(self.bits) if byte for bit in range(8) if byte & (1 << bit)]


class Reveal(models.Model):
    """One look at a protected participant's real name."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="reveals", verbose_name=_("participant"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    reason = PersonTextField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("look at a protected name")
        verbose_name_plural = _("looks at protected names")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.participant} {self.made_at:%Y-%m-%d %H:%M}"
