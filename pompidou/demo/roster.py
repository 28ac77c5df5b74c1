"""Who came, or comes, to which edition: read from the files in ``pompidou/demo/data``. Everybody is invented."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify

from meetings.audiences import Category

DATA = Path(__file__).parent / "data"
CATEGORY_OF_SECTOR = {"industry": Category.PRIVATE_SECTOR, "academia": Category.ACADEMIA}
CATEGORIES_NAMED = {category.value: category for category in (Category.HOST, Category.SECRETARIAT, Category.INTERPRETER)}
WORK = ("organisation", "service", "function")


@dataclass(frozen=True)
class Attendance:
    """One line of ``people.csv`` at one edition: the state it ends in, and the columns as they were then."""

    meeting: str
    key: str
    state: str
    words: frozenset[str]
    columns: dict[str, str]

    @property
    def email(self) -> str:
        """The address, the same at every edition, so that it is the same account."""
        return self.columns["email"]

    @property
    def submission_key(self) -> str:
        """Marks the row as one of the demo's."""
        return f"demo:{self.meeting}:{self.key}"

    @property
    def is_protected(self) -> bool:
        return "protected" in self.words

    def category(self, members: set[str]) -> Category:
        """In what capacity the person attends; ``members`` are the codes of the member states of the day."""
        for word, category in CATEGORIES_NAMED.items():
            if word in self.words:
                return category
        if self.columns["body"]:
            return Category.INTERNATIONAL_ORGANISATION
        if self.columns["sector"] in CATEGORY_OF_SECTOR:
            return CATEGORY_OF_SECTOR[self.columns["sector"]]
        return Category.MEMBER_STATE if self.columns["country"] in members else Category.OTHER_STATE


def read(name: str) -> list[dict[str, str]]:
    """The rows of one data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def attendances(meeting: str) -> list[Attendance]:
    """Everybody of one edition, in the order of the file."""
    changes: dict[str, dict[str, str]] = {}
    for row in read("changes.csv"):
        if row["meeting"] == meeting:
            changes.setdefault(row["key"], {})[row["field"]] = row["value"]
    found = []
    for person in people():
        state, *words = person[meeting].split() or [""]
        if state:
            columns = {"notes": "", "state_reason": "", **person, **changes.get(person["key"], {})}
            found.append(Attendance(meeting, person["key"], state, frozenset(words), columns))
    return found


def people() -> list[dict[str, str]]:
    """Everybody, with an address and, where the file says nothing else, a usual post of their sector."""
    posts = read("posts.csv")
    taken: Counter[tuple[str, str]] = Counter()
    rows = read("people.csv")
    for row in rows:
        row["email"] = row["email"] or f"{row['key']}@{domain_of(row)}"
        usual = [post for post in posts if (post["sector"], post["language"]) == (row["sector"], row["language"])]
        if usual and not row["body"]:
            post = usual[taken[row["sector"], row["language"]] % len(usual)]
            taken[row["sector"], row["language"]] += 1
            row.update({name: row[name] or post[name] for name in WORK})
    return rows


def domain_of(row: dict[str, str]) -> str:
    """Where the mail of somebody goes; ``.example`` is reserved for this and reaches nobody (RFC 2606)."""
    if row["body"]:
        return f"{row['body'].lower()}.example"
    if row["sector"] in CATEGORY_OF_SECTOR:
        return f"{slugify(row['organisation'])}.example"
    return f"{row['sector']}.{row['country'].lower()}.example" if row["country"] else "secretariat.example"
