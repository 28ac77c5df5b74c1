"""The one way a PDF is made: letters now, badges and certificates alike.

A template of ``templates/pdf`` lays out what it is given as JSON, so that no text a person typed can become markup. Nothing is fetched:
the fonts are those beside this module, the template sees no folder but its own. What comes out is an archivable file
(PDF/A-2a) that screen readers can read (PDF/UA-1).
"""

import json
import logging
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings

logger = logging.getLogger(__name__)

FONTS = Path(__file__).parent / "fonts"
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
UNKNOWN = "\ufffd"  # stands for a letter of a script that no font here has
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
MOST_TRIES = 5  # one names all letters that are missing; some only show when others are out of the way


class CannotBeDrawn(Exception):
    """The template and its data make no document."""


@cache
def fonts() -> typst.Fonts:
    """The fonts every document is set in: Noto Sans, for the scripts of the members and, in one weight, Chinese, Japanese and Korean."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """Lay out ``data`` by ``templates/pdf/<template>.typ`` and return the file.

    A letter of a script that the fonts lack is shown as a mark in its place. Raises CannotBeDrawn, as only a mistake in a template
    can make it.
    """
    told = json.dumps(data, ensure_ascii=False)
    for _ in range(MOST_TRIES):
        try:
            return compiled(template, told)
        except typst.TypstError as error:
            missing = {character for text in MISSING.findall(error.diagnostic) for character in text}
            if not missing:
                raise CannotBeDrawn(error.message) from error
            logger.warning("The fonts lack %s characters of a document %s", len(missing), template)
            told = json.dumps(without(json.loads(told), missing), ensure_ascii=False)
    raise CannotBeDrawn(template)


def compiled(template: str, told: str) -> bytes:
    folder = Path(settings.BASE_DIR) / "templates" / "pdf"
    inputs = {"data": told}
    return typst.compile(
        folder / f"{template}.typ", root=folder, font_paths=fonts(), sys_inputs=inputs, format="pdf", pdf_standards=[*STANDARDS]
    )


def without(value: Any, missing: set[str]) -> Any:
    """``value`` with those characters marked as unknown in every text in it."""
    if isinstance(value, str):
        return "".join(UNKNOWN if character in missing else character for character in value)
    if isinstance(value, dict):
        return {name: without(one, missing) for name, one in value.items()}
    return [without(one, missing) for one in value] if isinstance(value, list) else value
