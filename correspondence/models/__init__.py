"""Mail: the words, the outbox, and mails to many."""

from correspondence.models.campaigns import Campaign, CampaignRecipient
from correspondence.models.outbox import Heartbeat, Message, MessageQuerySet, MessageTemplate

__all__ = ["Campaign", "CampaignRecipient", "Heartbeat", "Message", "MessageQuerySet", "MessageTemplate"]
