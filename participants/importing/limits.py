"""How much a file may hold. The largest meeting has 500 people; these are far above it, and far below what fills a machine."""

from django.utils.formats import number_format

MOST_BYTES = 10_000_000  # of the file as it is sent
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 1_000  # characters kept of a cell; no field takes more
LONGEST_RECORD = 1_000_000  # characters from the start of one row of a CSV file to the start of the next

# What an Excel file may become when it is unpacked: a hundred kilobytes can hold gigabytes of blanks.
MOST_PARTS = 1_000
MOST_UNPACKED = 200_000_000
LARGEST_STRINGS = 40_000_000  # of the table of texts
MOST_STRINGS = 500_000
LARGEST_SHEET = 60_000_000
MOST_SHEET_ROWS = 100_000  # full or empty
LARGEST_PART = 4_000_000  # of every other part that is read
LARGEST_ROW = 500_000  # of one row, or of whatever stands between two
LARGEST_TAIL = 4_000_000  # of what stands after the last row
LAST_ROW = 60_000  # a sheet with empty rows formatted far down is read no further

MEGABYTE = 1_000_000


def written(number: int) -> str:
    """A limit as the page's language writes numbers: "20,000", "20 000"."""
    return number_format(number, use_l10n=True, force_grouping=True)
