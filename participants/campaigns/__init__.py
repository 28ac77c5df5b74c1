"""Whom the secretariat writes to: participants by the filters of their list, and those invited by the board's."""

from participants.campaigns.invited import INVITED, INVITED_PEOPLE
from participants.campaigns.registered import REGISTERED

__all__ = ["INVITED", "INVITED_PEOPLE", "REGISTERED"]
