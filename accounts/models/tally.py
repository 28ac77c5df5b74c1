"""How often something was tried lately, in the database that all processes share."""

from django.db import models


class Tally(models.Model):
    """Tries under one key until a moment, after which it starts anew. The key says nobody's address and no network:
    it is a keyed hash (accounts.networks.fingerprint)."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    ends = models.BigIntegerField(db_index=True)  # seconds since 1970

    class Meta:
        verbose_name = "tally"
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
