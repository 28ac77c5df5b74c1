"""The words of mails and the outbox in the back office."""

from correspondence.admin.message import MessageAdmin
from correspondence.admin.template import MessageTemplateAdmin

__all__ = ["MessageAdmin", "MessageTemplateAdmin"]
