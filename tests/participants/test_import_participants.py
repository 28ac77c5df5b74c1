"""The command that imports: the same report and the same care as the pages."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from participants.models import ImportRecord, Participant
from tests.factories import ParticipantFactory

ROWS = "Family name;Country;Sector;E-mail\nOrrin;Irlande;Police;maeve@garda.example\nBrandt;DE;Douanes;jonas@zoll.example\n"


@pytest.fixture
def run(meeting, tmp_path):
    """Run the command on a file with this content; returns what it said."""

    def command(content=ROWS, *options, name="list.csv", to=meeting):
        path = tmp_path / name
        path.write_text(content)
        said = io.StringIO()
        call_command("import_participants", to.slug, str(path), *options, stdout=said, stderr=io.StringIO())
        return said.getvalue().splitlines()

    return command


def people():
    return list(Participant.objects.order_by("pk").values_list("family_name", "state"))


def test_a_dry_run_says_everything_and_writes_nothing(run, registration):
    rows = "Maeve Orrin;Irlande;Police;maeve@garda.example\nBrandt;DE;Douanes;jonas@zoll.example\n"

    said = run(f"Name;Country;Sector;E-mail\n{rows}Orrin;IE;Polce;maeve.orrin@garda.example\n", "--dry-run")

    assert said == [
        "  Name → whole name",
        "  Country → country",
        "  Sector → sector",
        "  E-mail → e-mail address",
        "New: 1",
        "Changed: 0",
        "The same: 0",
        "Duplicates: 1",
        "Faulty: 1",
        "Left out: 0",
        "  row 2: Duplicates. Somebody of the same name and country is registered with another address.",
        "  row 4: Faulty. sector: “Polce” is not known. Did you mean Police?",
        "Nothing was written, because of --dry-run.",
    ]
    assert people() == [("Orrin", "confirmed")]
    assert ImportRecord.objects.count() == 0


def test_it_writes_and_leaves_a_line_in_the_ledger(run):
    default_storage.save("imports/of-another-test", ContentFile(b""))
    before = default_storage.listdir("imports")

    assert run()[-1] == "2 rows written."

    assert people() == [("Orrin", "pending"), ("Brandt", "pending")]
    record = ImportRecord.objects.get()
    assert (record.channel, record.made_by, record.stage, record.counts, record.stored_as) == ("command", None, "done", {"new": 2}, "")
    assert default_storage.listdir("imports") == before


def test_the_state_of_new_people_is_chosen(run):
    run(ROWS, "--state", "confirmed")

    assert people() == [("Orrin", "confirmed"), ("Brandt", "confirmed")]


def test_those_of_a_past_meeting_were_there(run, past_meeting):
    run(ROWS, to=past_meeting)

    assert people() == [("Orrin", "confirmed"), ("Brandt", "confirmed")]


def test_faulty_rows_stop_it_unless_they_are_left_out(run):
    faulty = f"{ROWS};IE;Police;\n"

    with pytest.raises(CommandError, match="Mend the faulty rows"):
        run(faulty)
    assert people() == []
    assert run(faulty, "--leave-out-faulty")[-1] == "2 rows written."


def test_columns_are_matched_by_hand(run):
    content = "Wer;Woher;Was;X\nOrrin;IE;Police;maeve@garda.example\n"

    run(content, "--map", "Wer=family_name", "--map", "Woher=country", "--map", "Was=sector")

    assert list(Participant.objects.values_list("family_name", "email")) == [("Orrin", "")]


def test_a_sector_for_those_without(run):
    run("Family name;Country\nOrrin;IE\n", "--sector", "customs")

    assert Participant.objects.get().sector.code == "customs"


def test_mails_go_only_when_asked(run, outbox):
    run()
    assert outbox() == []
    run("Family name;Country;Sector;E-mail\nThird;IE;Police;third@garda.example\n", "--mails")
    assert outbox() == ["registration_received"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--map", "Nothing=email"], "there is no column 'Nothing'"),
        (["--map", "Country=planet"], "there is no field 'planet'"),
        (["--sector", "astronaut"], "There is no sector 'astronaut'"),
        (["--encoding", "klingon"], "There is no encoding 'klingon'"),
    ],
)
def test_what_is_not_known_is_said(run, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        run("Family name;Country\nLef\u00e8vre;IE\n", *options)


def test_a_file_that_is_no_list(run):
    with pytest.raises(CommandError, match="This is a PDF"):
        run("%PDF-1.4", name="list.pdf")


def test_a_file_that_is_not_there(meeting):
    with pytest.raises(CommandError, match=r"Cannot read nothing\.csv: No such file"):
        call_command("import_participants", meeting.slug, "nothing.csv")


def test_a_meeting_that_is_not_there(run):
    with pytest.raises(CommandError, match="There is no meeting 'atlantis'"):
        call_command("import_participants", "atlantis", "list.csv")


def test_a_list_that_changes_nothing(run, meeting):
    ParticipantFactory(meeting=meeting, email="maeve@garda.example", family_name="Orrin")

    with pytest.raises(CommandError, match="There is nothing to write"):
        run("E-mail;Family name\nmaeve@garda.example;Orrin\n")
