"""`manage.py export_participants`."""

import stat
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from meetings.models import Meeting
from participants.models import ExportRecord, Participant
from tests.factories import ParticipantFactory


def test_writes_the_full_list_to_standard_output(registration: Participant, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    ParticipantFactory(meeting=registration.meeting, pending=True)

    call_command("export_participants", "strasbourg-2026")

    written = capfdbinary.readouterr()
    assert written.out.startswith("\ufeffReference,Status,".encode())
    assert written.out.count(b"\r\n") == 3
    assert written.err == b"2 rows written.\n"


def test_writes_what_the_options_say(registration: Participant, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    options = {"purpose": "hotel", "language": "fr", "separator": ";", "no_bom": True}

    call_command("export_participants", "strasbourg-2026", **options)

    assert capfdbinary.readouterr().out.decode() == "Nom;Pays;Arrivée;Départ;Nuits\r\nMaeve ORRIN;Irlande;;;\r\n"


def test_lists_for_others_hold_confirmed_people_unless_told_otherwise(meeting: Meeting, tmp_path: Path) -> None:
    ParticipantFactory(meeting=meeting, given_name="", family_name="Orrin")
    ParticipantFactory(meeting=meeting, given_name="", family_name="Brandt", waitlisted=True)

    call_command("export_participants", "strasbourg-2026", purpose="participants_list", output=tmp_path / "usual.csv")
    call_command(
        "export_participants", "strasbourg-2026", purpose="participants_list", state=["waitlisted"], output=tmp_path / "waiting.csv"
    )

    assert [row.split(",")[0] for row in (tmp_path / "usual.csv").read_text().splitlines()[1:]] == ["ORRIN"]
    assert [row.split(",")[0] for row in (tmp_path / "waiting.csv").read_text().splitlines()[1:]] == ["BRANDT"]


def test_takes_one_meeting_only(registration: Participant, past_meeting: Meeting, tmp_path: Path) -> None:
    ParticipantFactory(meeting=past_meeting)

    call_command("export_participants", "dublin-2017", output=tmp_path / "list.csv")

    assert ExportRecord.objects.get().rows == 1


def test_a_file_is_readable_by_its_owner_only(registration: Participant, tmp_path: Path) -> None:
    call_command("export_participants", "strasbourg-2026", format="xlsx", output=tmp_path / "list.xlsx")

    assert stat.S_IMODE((tmp_path / "list.xlsx").stat().st_mode) == 0o600
    assert (tmp_path / "list.xlsx").read_bytes()[:2] == b"PK"
    assert [path.name for path in tmp_path.iterdir()] == ["list.xlsx"]


def test_protected_people_are_masked(protected_registration: Participant, tmp_path: Path) -> None:
    call_command("export_participants", "strasbourg-2026", output=tmp_path / "list.csv")

    text = (tmp_path / "list.csv").read_text()
    assert ("Expert K." in text, "Canary" in text) == (True, False)


def test_ledger_names_the_command(registration: Participant, tmp_path: Path) -> None:
    call_command("export_participants", "strasbourg-2026", purpose="hotel", output=tmp_path / "list.csv")

    record = ExportRecord.objects.get()
    assert (record.channel, record.made_by, record.purpose, record.rows) == ("command", None, "hotel", 1)
    assert record.filters == {"meeting": "strasbourg-2026", "status": "confirmed"}


def test_an_unknown_meeting_names_those_there_are(meeting: Meeting, past_meeting: Meeting) -> None:
    with pytest.raises(CommandError, match=r"There is no meeting 'paris-2030'. The meetings are: strasbourg-2026, dublin-2017."):
        call_command("export_participants", "paris-2030")


def test_a_file_that_cannot_be_written_is_said_plainly(registration: Participant, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Cannot write .*missing/list.csv: No such file or directory."):
        call_command("export_participants", "strasbourg-2026", output=tmp_path / "missing" / "list.csv")


def test_an_unknown_purpose_names_those_there_are(meeting: Meeting) -> None:
    with pytest.raises(CommandError, match="choose from 'host_security', 'catering', 'hotel', 'transport', 'participants_list', 'full'"):
        call_command("export_participants", "strasbourg-2026", "--purpose", "everything")
