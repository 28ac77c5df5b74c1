"""The secretariat sets the periods, and reads what went and what goes next."""

import pytest
from django.contrib.messages import get_messages

from privacy.models import PurgeRun, RetentionPeriod
from privacy.services.purging import purge
from tests.conftest import signed_in
from tests.factories import MessageFactory, in_days

LIST = "/admin/privacy/purgerun/"


@pytest.fixture
def period(db):
    return RetentionPeriod.objects.get(data_class="mail")


def address(row) -> str:
    return f"/admin/privacy/{row._meta.model_name}/{row.pk}/change/"


def test_secretariat_changes_a_period_and_the_change_is_kept(client_of, secretariat, period):
    response = client_of(secretariat).post(address(period), {"days": "90"})

    period.refresh_from_db()
    assert (response.status_code, period.days) == (302, 90)
    assert [(line.days, line.history_user) for line in period.history.all()] == [(90, secretariat)]


def test_a_period_is_changed_only_after_a_fresh_proof(secretariat, period):
    response = signed_in(secretariat, minutes=30).post(address(period), {"days": "1"})

    period.refresh_from_db()
    assert period.days == 180
    assert response.headers["Location"].startswith("/accounts/reauthenticate/?next=%2Fadmin%2Fprivacy%2F")
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Nothing was done yet. Confirm that it is you, then do it once more."
    ]


@pytest.mark.parametrize("days", ["0", "3651", "soon"])
def test_a_period_is_from_a_day_to_ten_years(client_of, secretariat, period, days):
    client_of(secretariat).post(address(period), {"days": days})

    period.refresh_from_db()
    assert period.days == 180


def test_auditor_changes_nothing(client_of, auditor, period):
    assert client_of(auditor).post(address(period), {"days": "90"}).status_code == 403


def test_page_says_from_when_the_days_count(client_of, secretariat, period):
    page = client_of(secretariat).get(address(period)).text

    assert "after the mail was sent" in page


def lines(page):
    return {(line.period.data_class.value, line.table): (line.held, line.due, line.soon) for line, _ in page.context["overview"]}


def test_overview_says_what_is_kept_and_what_goes_next(client_of, secretariat):
    for days in (-200, -170, -10):
        MessageFactory(sent=True, sent_at=in_days(days))

    page = client_of(secretariat).get(LIST)

    assert lines(page)["mail", "correspondence.message"] == (3, 1, 2)


def test_report_says_what_went(client_of, secretariat):
    MessageFactory(sent=True, sent_at=in_days(-200))
    run = purge()

    page = client_of(secretariat).get(address(run)).text

    assert "<li>Mails sent: Messages (outbox), 1</li>" in page


def test_report_of_a_failure_says_which_class(client_of, secretariat):
    run = PurgeRun.objects.create(channel="command", problem="mail: ValueError\n")

    page = client_of(secretariat).get(address(run)).text

    assert "Failed in part: Mails sent (ValueError)" in page
