"""What tests read out of PDFs depends on which number each glyph got; any number must be read."""

import pytest

from tests.pdf_text import glyphs, strings


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (b"[(\x00\x21\x00\x22)] TJ", [[0x21, 0x22]]),
        (b"[(\x00\x28\x00\x29)] TJ", [[0x28, 0x29]]),
        (b"[(\x00\x28\x00\x28\x00\x29\x00\x28\x00\x29\x00\x29)-20(\x00\x21)] TJ", [[0x28, 0x28, 0x29, 0x28, 0x29, 0x29], [0x21]]),
        (b"[(\x00\\)\x00\\()-20<00290028>] TJ", [[0x29, 0x28], [0x29, 0x28]]),
        (b"[(\x00\\\\\x00<\x00>)] TJ", [[0x5C, 0x3C, 0x3E]]),
        (b"[(\x00<0041>\x00)] TJ", [[0x3C, 0x3030, 0x3431, 0x3E00]]),
    ],
    ids=["plain", "a pair", "pairs in pairs", "escaped, and as digits", "a backslash and brackets", "digits in a string"],
)
def test_each_glyph_of_a_string_is_read(page, wanted):
    assert [glyphs(shown) for shown in strings(page)] == wanted
