"""Countries and organisations, who speaks for them, and invitations in the back office.

``InvitationAdmin`` is registered by the participants app, which knows who came last time and who is registered now.
"""

from delegations.admin import correspondents, reference
from delegations.admin.invitations import InvitationAdmin

__all__ = ["InvitationAdmin", "correspondents", "reference"]
