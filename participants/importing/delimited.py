"""Reading CSV, whatever its delimiter: commas, semicolons, tabs or bars."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from participants.importing import limits
from participants.importing.errors import Unreadable

DELIMITERS = ",;\t|"
SAMPLE_ROWS, SAMPLE = 30, 100_000


class Lines:
    """The lines of a text, as the csv module wants them; refuses a row that goes on without end before it is put together."""

    def __init__(self, text: str) -> None:
        self.lines = io.StringIO(text, newline="")
        self.length = 0

    def __iter__(self) -> Iterator[str]:
        while line := self.lines.readline(limits.LONGEST_RECORD + 1):
            self.length += len(line)
            if self.length > limits.LONGEST_RECORD:
                raise Unreadable(
                    _("A row of this file holds more than %(most)s characters. Is a quotation mark missing?")
                    % {"most": limits.written(limits.LONGEST_RECORD)}
                )
            yield line


def rows_of(text: str) -> Iterator[list[str]]:
    """The rows of a CSV file, in their order, empty ones included."""
    delimiter, text = told_delimiter(text)
    lines = Lines(text)
    reader = csv.reader(lines, delimiter=delimiter or likely_delimiter(text), strict=False)
    try:
        for row in reader:
            yield row
            lines.length = 0
    except csv.Error as error:
        raise Unreadable(_("Line %(line)d cannot be read. Is a quotation mark missing?") % {"line": reader.line_num}) from error


def told_delimiter(text: str) -> tuple[str, str]:
    """The delimiter that Excel writes into a first line of its own (``sep=;``), and the text without that line."""
    first, _end, _rest = text[:10].partition("\n")
    first = first.strip().lower().removeprefix("\ufeff")
    if first.startswith("sep=") and len(first) == 5:
        return first[4], text[text.index("\n") + 1 :]
    return "", text


def likely_delimiter(text: str) -> str:
    """The one that cuts the first rows into the same number of cells most often, and into the most cells."""
    return max(DELIMITERS, key=lambda delimiter: evenness(text[:SAMPLE], delimiter))


def evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """How evenly a delimiter cuts the rows, and into how many cells; (0, 1) where it cuts nothing."""
    try:
        rows = [row for row in islice(csv.reader(Lines(sample), delimiter=delimiter), SAMPLE_ROWS) if row]
    except (csv.Error, Unreadable):
        return 0.0, 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0, 1
    width, times = widths.most_common(1)[0]
    return times / len(rows), width
