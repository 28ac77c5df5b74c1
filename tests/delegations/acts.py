"""What the processes of a race do."""

from delegations import services
from delegations.models import Invitation


def reply(token, reply):
    return services.reply_by_link(token=token, reply=reply).reply


def send(invitation):
    return services.send_invitation(invitation=Invitation.objects.get(pk=invitation), by=None).state


def remind(invitation):
    return services.remind_silent()


def create(meeting, country):
    from delegations.models import Country
    from meetings.models import Meeting
    from tests.factories import in_days

    fields = {
        "country": Country.objects.get(pk=country),
        "category": "member_state",
        "quota": 1,
        "deadline": in_days(10).date(),
    }
    return services.create_invitation(meeting=Meeting.objects.get(pk=meeting), fields=fields, by=None).reference
