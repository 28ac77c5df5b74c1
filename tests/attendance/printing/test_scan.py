"""QR codes: an independent reader finds in the picture what was put in, and the picture says it nowhere as text."""

import pytest
import zxingcpp

from attendance.printing.scan import QUIET, SIDE, picture_of, runs_of
from tests.picture import page_of

CODE = "PG:0123456789ABCDEF0123456789ABCDEF"


def one_badge(payload, **more):
    """A sheet of one badge as the template takes it."""
    said = {"text": "x", "language": "en", "direction": "ltr"}
    badge = {"name": said, "country": [said], "organisation": [], "category": [said], "colour": "#0072b2", "scan": picture_of(payload)}
    badge |= {"may_be_photographed": True, "enters_closed": True}
    page = {"language": "en", "format": "card", "layout": "single", "title": "x", "organiser": "x", "scan": "QR code", "heading": [said]}
    return {**page, **{name: [said] for name in ("when", "photos", "no_photos", "closed")}, "badges": [badge], **more}


@pytest.mark.parametrize("payload", [CODE, "PG:997C1CC86652F7BEC200A70C0BA94B50"])
def test_a_scanner_reads_the_badge(payload):
    found = zxingcpp.read_barcodes(page_of("badges", one_badge(payload)))

    assert [(one.text, one.format) for one in found] == [(payload, zxingcpp.BarcodeFormat.QRCode)]


def test_a_scanner_reads_the_larger_badge():
    found = zxingcpp.read_barcodes(page_of("badges", one_badge(CODE, format="a6"), ppi=100))

    assert [one.text for one in found] == [CODE]


def test_the_code_is_no_text_in_the_picture():
    assert CODE[3:9] not in picture_of(CODE)


def test_white_stands_on_all_four_sides():
    assert f'viewBox="0 0 {SIDE} {SIDE}"' in picture_of(CODE)
    runs = [tuple(map(int, run.split("h")[0].split(" "))) for run in picture_of(CODE).split('<path d="M')[2].split('"')[0].split("M")]
    assert {(min(x for x, _ in runs), min(y for _, y in runs)), (QUIET, QUIET)} == {(QUIET, QUIET)}
    assert max(y for _, y in runs) == SIDE - QUIET - 1


def test_runs_join_neighbours():
    assert runs_of((bytearray([1, 1, 0, 1]), bytearray([0, 0, 0, 0]))) == [(QUIET, QUIET, 2), (QUIET + 3, QUIET, 1)]


def test_other_text_makes_no_badge():
    with pytest.raises(ValueError, match="alphanumeric"):
        picture_of("pg:é")
