"""The words of mails, mails to many and the outbox in the back office."""

from correspondence.admin.campaigns import CampaignAdmin
from correspondence.admin.message import MessageAdmin
from correspondence.admin.template import MessageTemplateAdmin

__all__ = ["CampaignAdmin", "MessageAdmin", "MessageTemplateAdmin"]
