"""Who signs in, and what is kept about that."""

from accounts.models.user import User, UserManager, normal_address

__all__ = ["User", "UserManager", "normal_address"]
