"""Lines typed about speakers become guests with a part."""

from importlib import import_module

import pytest
from django.apps import apps

from attendance.models import Part
from attendance.programme import items_for
from tests.factories import PartFactory, SessionFactory

pytestmark = pytest.mark.django_db

hand_over = import_module("attendance.migrations.0004_typed_speakers").hand_over


def guests(session):
    return list(session.parts.filter(participant=None).order_by("order").values_list("role", "guest_name", "guest_words", "order"))


def test_each_line_becomes_a_guest_and_the_text_is_empty(meeting):
    session = SessionFactory(meeting=meeting, speakers="Ann Lee, Analyst, Europol\n\n  Bo Ek \n")

    hand_over(apps, None)

    session.refresh_from_db()
    assert guests(session) == [("1_speaker", "Ann Lee", "Analyst, Europol", 1), ("1_speaker", "Bo Ek", "", 2)]
    assert session.speakers == ""


def test_whoever_has_a_part_already_is_not_named_twice(meeting, registration):
    session = SessionFactory(meeting=meeting, speakers="odile  marchetti, Coin Exchange\nMaeve Orrin, Garda\nBo Ek\nBo Ek, INTERPOL")
    PartFactory(session=session, guest=True)
    PartFactory(session=session, participant=registration)

    hand_over(apps, None)

    assert [name for _role, name, *_rest in guests(session)] == ["Odile Marchetti", "Bo Ek"]


def test_line_that_begins_with_a_comma_and_one_too_long_keep_their_words(meeting):
    session = SessionFactory(meeting=meeting, speakers=f", Europol\n{'A' * 300}, {'B' * 300}")

    hand_over(apps, None)

    assert [row[1:3] for row in guests(session)] == [(", Europol", ""), ("A" * 199 + "…", "B" * 199 + "…")]


@pytest.mark.parametrize("line", ["Livia Canary, Polizia", "CANARY (Livia)", "Ms Livia Canary"])
def test_line_that_names_somebody_protected_still_gives_way_to_the_alias(meeting, protected_registration, line):
    SessionFactory(meeting=meeting, speakers=f"{line}\nLivia Rossi, Europol")

    hand_over(apps, None)

    assert items_for(None, meeting)[0].speakers == ("Expert K., National Police", "Livia Rossi, Europol")


def test_twice_is_once(meeting):
    SessionFactory(meeting=meeting, speakers="Ann Lee")

    hand_over(apps, None)
    hand_over(apps, None)

    assert Part.objects.count() == 1
