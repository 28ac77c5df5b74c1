"""Mails to many in the back office: chosen, written, looked at as each reader will, agreed to by number, and followed."""

from correspondence.admin.campaigns.page import CampaignAdmin

__all__ = ["CampaignAdmin"]
