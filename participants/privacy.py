"""The privacy notice: which version people accept, and how long their data is kept.

The words are in ``templates/participants/privacy/<version>.<language>.html``. Words that change what people agree to
get a new version with files of its own; the old files stay, because registrations name the version that was read.
"""

import datetime as dt

NOTICE_VERSION = "2026-1"
NOTICE_DATE = dt.date(2026, 11, 2)


def notice_template(language: str) -> str:
    """The template that holds the words of the notice in force."""
    return f"participants/privacy/{NOTICE_VERSION}.{language}.html"
