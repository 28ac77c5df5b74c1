"""Reports have no tables yet; the figures they show are counted anew each time."""

from accounts.personal_data import Others, Register

PERSONAL: Register = {}

NOT_PERSONAL: Others = {}
