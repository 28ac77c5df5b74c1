"""Who signs in, and what is kept about that."""

from accounts.models.tally import Tally
from accounts.models.trace import Look, SecurityEvent, Unchangeable
from accounts.models.user import User, UserManager, normal_address

__all__ = ["Look", "SecurityEvent", "Tally", "Unchangeable", "User", "UserManager", "normal_address"]
