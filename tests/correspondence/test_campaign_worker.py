"""A campaign to five hundred, with the worker killed in the middle of it: real processes, a real mail server."""

import datetime as dt
import time
from collections import Counter

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from correspondence import campaigns
from correspondence.models import Campaign, Message
from correspondence.models.campaigns import figures_of
from participants.models import Participant
from tests.conftest import member_of
from tests.correspondence.test_worker import start_worker
from tests.factories import CampaignFactory, ParticipantFactory

PEOPLE = 500


def many_people(number=PEOPLE):
    first = ParticipantFactory()
    common = {"meeting": first.meeting, "sector": first.sector, "country": first.country, "user": None}
    rows = [ParticipantFactory.build(reference=f"CYB-{n}", email=f"reader{n}@post.example", **common) for n in range(number - 1)]
    Participant.objects.bulk_create(rows)
    return first.meeting


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)


def time_passes():
    """All leases run out; tasks that were running when their worker died stay so for ever."""
    long_ago = timezone.now() - dt.timedelta(minutes=10)
    Campaign.objects.update(touched_at=long_ago)
    Message.objects.filter(state="sending").update(lease_until=long_ago)


def test_killed_in_the_middle_of_500_nothing_is_lost_and_nothing_doubled(committed_db, mail_server):
    meeting, clerk = many_people(), member_of("Secretariat")
    campaign = CampaignFactory(query=f"meeting__id__exact={meeting.pk}")
    campaigns.begin(campaign=campaign, by=clerk, mails=PEOPLE)

    worker = start_worker("--interval", "0.1", "--sweep-every", "60")
    wait_until(lambda: len(mail_server.accepted) >= 20)
    worker.kill()
    worker.wait(timeout=10)
    before = len(mail_server.accepted)
    assert 20 <= before < PEOPLE

    time_passes()
    DBTaskResult.objects.filter(task_path="correspondence.tasks.write_campaign").delete()  # the worst case: its task is gone too
    assert [one.wait(timeout=300) for one in [start_worker("--batch"), start_worker("--batch")]] == [0, 0]
    assert start_worker("--batch").wait(timeout=60) == 0  # the next sweep finds the mail that was in the dead worker's hand
    campaigns.sweep()

    written = Counter(Message.objects.values_list("to", flat=True))
    assert (len(written), set(written.values())) == (PEOPLE, {1})
    assert len(set(mail_server.message_ids)) == PEOPLE
    assert len(mail_server.message_ids) <= PEOPLE + 1  # but for the one in flight
    numbers = figures_of(campaign)
    assert (numbers["sent"], numbers["mails"], Campaign.objects.get().state) == (PEOPLE, PEOPLE, "done")


def test_a_server_that_refuses_leaves_the_numbers_right(committed_db, mail_server):
    first = ParticipantFactory(email="good@post.example")
    ParticipantFactory(meeting=first.meeting, email="refused@post.example")
    mail_server.refused = {"refused@post.example": "550 no such user"}
    campaign = CampaignFactory(query=f"meeting__id__exact={first.meeting_id}")
    campaigns.begin(campaign=campaign, by=member_of("Secretariat"), mails=2)

    assert start_worker("--batch").wait(timeout=60) == 0

    numbers = figures_of(campaign)
    assert (numbers["sent"], numbers["failed"], numbers["queued"]) == (1, 1, 0)


def test_stopped_in_the_middle_those_sent_stay_sent_and_the_rest_is_not_sent(committed_db, mail_server):
    meeting, clerk = many_people(), member_of("Secretariat")
    campaign = CampaignFactory(query=f"meeting__id__exact={meeting.pk}")
    campaigns.begin(campaign=campaign, by=clerk, mails=PEOPLE)
    worker = start_worker("--interval", "0.1", "--sweep-every", "60")
    wait_until(lambda: len(mail_server.accepted) >= 20)

    campaigns.stop(campaign=campaign, by=clerk)
    wait_until(lambda: not Message.objects.filter(state="sending").exists())
    worker.terminate()
    worker.wait(timeout=20)
    assert start_worker("--batch").wait(timeout=60) == 0  # whoever comes later sends nothing either

    numbers = figures_of(campaign)
    assert numbers["sent"] == len(set(mail_server.message_ids)) < PEOPLE
    assert numbers["sent"] + numbers["held"] + numbers["waiting"] == PEOPLE


def test_a_server_that_hangs_in_the_middle_doubles_nothing_and_all_get_theirs_once_it_answers(committed_db, mail_server):
    meeting, clerk = many_people(40), member_of("Secretariat")
    campaign = CampaignFactory(query=f"meeting__id__exact={meeting.pk}")
    campaigns.begin(campaign=campaign, by=clerk, mails=40)
    worker = start_worker("--interval", "0.1", "--sweep-every", "1", patience=1)
    wait_until(lambda: len(mail_server.accepted) >= 5)
    mail_server.before_data = "hang"
    wait_until(lambda: Message.objects.filter(problem__contains="timed out", state="queued").count() >= 2)

    campaigns.stop(campaign=campaign, by=clerk)
    wait_until(lambda: not Message.objects.filter(state__in=["sending", "queued"]).exists())  # the one in hand comes back and is held
    worker.terminate()
    worker.wait(timeout=20)
    sent, halted = len(mail_server.accepted), figures_of(campaign)
    assert (halted["sent"], halted["held"] + halted["waiting"]) == (sent, 40 - sent)
    mail_server.before_data = ""
    campaigns.resume(campaign=campaign, by=clerk)
    assert start_worker("--batch").wait(timeout=120) == 0
    campaigns.sweep()

    assert sorted(mail_server.message_ids) == sorted(message.message_id for message in Message.objects.all())
    assert (len(mail_server.message_ids), figures_of(campaign)["sent"], Campaign.objects.get().state) == (40, 40, "done")


def test_a_server_that_refuses_everybody_for_a_while_is_tried_again_by_itself(committed_db, mail_server):
    meeting, clerk = many_people(10), member_of("Secretariat")
    campaign = CampaignFactory(query=f"meeting__id__exact={meeting.pk}")
    campaigns.begin(campaign=campaign, by=clerk, mails=10)
    mail_server.recipient = "451 try again later"
    assert start_worker("--batch").wait(timeout=60) == 0
    assert (figures_of(campaign)["queued"], mail_server.accepted) == (10, [])

    mail_server.recipient = "250 OK"
    Message.objects.update(next_attempt_at=timezone.now())  # the pause is over
    assert start_worker("--batch").wait(timeout=60) == 0
    campaigns.sweep()

    assert (len(set(mail_server.message_ids)), len(mail_server.message_ids)) == (10, 10)
    assert (figures_of(campaign)["sent"], Campaign.objects.get().state) == (10, "done")
