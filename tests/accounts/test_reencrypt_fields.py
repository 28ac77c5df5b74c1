"""After the command, the newest key alone opens everything."""

import io

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.encryption import Unreadable
from accounts.reencryption import Columns, reencrypt
from participants.models import Journey, Needs
from tests.accounts.test_second_step import SECRET, code_now
from tests.factories import ParticipantFactory

OLD, NEW, LOST = (Fernet.generate_key().decode() for _ in range(3))


@pytest.fixture
def old(db, settings, secretariat):
    """Two rows of needs, a journey, an app and recovery codes under the old key; then there is a newer one."""
    settings.FIELD_KEYS = [OLD]
    people = ParticipantFactory.create_batch(2)
    for person in people:
        Needs.objects.create(participant=person, diet="vegan", accessibility="A ramp")
    Journey.objects.create(participant=people[0], hotel="Orangers")
    TOTP.activate(secretariat, SECRET)
    RecoveryCodes.activate(secretariat)
    settings.FIELD_KEYS = [NEW, OLD]
    return people


def run(**options):
    """What the command says, line by line."""
    out, err = io.StringIO(), io.StringIO()
    call_command("reencrypt_fields", stdout=out, stderr=err, **options)
    return out.getvalue().splitlines()


BEFORE = [
    "participants.journey: 1 rows, 1 under key 2",
    "participants.needs: 2 rows, 2 under key 2",
    "participants.passport: 0 rows",
    "mfa.authenticator: 2 rows, 2 under key 2",
]
AFTER = [line.replace("key 2", "the newest key") for line in BEFORE]


def test_a_dry_run_counts_and_moves_nothing(old):
    assert sorted(run(dry_run=True)) == sorted(BEFORE)
    assert sorted(run(dry_run=True)) == sorted(BEFORE)


def test_the_old_key_can_be_given_up(old, settings):
    run()

    settings.FIELD_KEYS = [NEW]
    assert list(Needs.objects.order_by("pk").values_list("diet", "diet_details", "accessibility")) == [("vegan", "", "A ramp")] * 2
    assert Journey.objects.get().hotel == "Orangers"
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_now())
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()) == 10
    assert sorted(run(dry_run=True)) == sorted(AFTER)


def test_a_second_run_moves_nothing(old):
    run()

    assert sorted(run()) == sorted(f"{line}; 0 moved" for line in AFTER)


def test_a_run_broken_off_is_taken_up_again(old, monkeypatch, settings):
    monkeypatch.setattr("accounts.reencryption.BATCH", 1)

    def stop(rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reencrypt(Columns(Needs), dry_run=False, tell=stop)
    halfway = reencrypt(Columns(Needs), dry_run=True)
    run()

    settings.FIELD_KEYS = [NEW]
    assert dict(halfway.rows) == {0: 1, 1: 1}
    assert Needs.objects.last().accessibility == "A ramp"


def test_what_somebody_writes_meanwhile_stays(old):
    store, row = Columns(Needs), Needs.objects.first()
    key, tokens = store.rows_after(-1)[0]
    row.diet = "halal"
    row.save()

    assert store.write(key, tokens, {"diet": tokens["accessibility"]}) is False
    assert Needs.objects.get(pk=row.pk).diet == "halal"


@pytest.fixture
def lost(old, settings):
    """A row that none of the keys opens."""
    settings.FIELD_KEYS = [LOST]
    row = Needs.objects.create(participant=ParticipantFactory(), diet="kosher")
    settings.FIELD_KEYS = [NEW, OLD]
    return row


def test_a_row_that_no_key_opens_is_named_and_the_rest_is_moved(lost, settings):
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match=r"^Rows that none of FIELD_KEYS opens: 1\. They were left as they are\.$"):
        call_command("reencrypt_fields", stdout=out, stderr=err)

    assert err.getvalue() == f"participants.needs {lost.pk}: none of FIELD_KEYS opens diet, diet_details, accessibility.\n"
    assert "participants.needs: 3 rows, 2 under key 2, 1 under none of them; 2 moved" in out.getvalue().splitlines()
    settings.FIELD_KEYS = [NEW]
    assert Needs.objects.exclude(pk=lost.pk).first().diet == "vegan"
    settings.FIELD_KEYS = [LOST]
    assert Needs.objects.get(pk=lost.pk).diet == "kosher"


def test_of_a_row_that_is_partly_lost_the_rest_is_moved(old, settings):
    row = Journey.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE participants_journey SET hotel = 'no token'")

    with pytest.raises(CommandError):
        run()

    settings.FIELD_KEYS = [NEW]
    assert Journey.objects.values_list("arrival_details", flat=True).get(pk=row.pk) == ""
    with pytest.raises(Unreadable):
        Journey.objects.get()
