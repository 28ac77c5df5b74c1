from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = _("Participants")

    def ready(self) -> None:
        from accounts import hidden
        from correspondence import audiences, kinds
        from participants.campaigns import INVITED, INVITED_PEOPLE, REGISTERED  # models are ready only now
        from participants.mails import KINDS
        from participants.models import Participant
        from participants.nominee_mails import KINDS as NOMINEE_KINDS

        kinds.register(*KINDS, *NOMINEE_KINDS)
        audiences.register(REGISTERED, INVITED, INVITED_PEOPLE)
        hidden.register(lambda: Participant.objects.filter(is_protected=True, user__isnull=False).values("user"))
