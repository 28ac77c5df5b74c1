"""Finding a country or an organisation by what people call it: by code, in either language, by an earlier or a familiar name."""

import difflib
import re
from collections.abc import Iterable

from django_countries import countries as iso

from accounts.text import fold
from delegations.models import Body, Country, FormerName
from delegations.reference import DATA, read_rows

ARTICLES = re.compile(r"^(?:the|la|le|les|l|republic of|republique de|republique d)\s+")
IN_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]\s*")
MOST_SUGGESTED = 2


def plain(text: str) -> str:
    """What names are compared by: without accents, case, punctuation or article. "The Former …" and "former …" are the same."""
    words = " ".join(re.sub(r"[^\w]+", " ", fold(text).replace("'", " ")).split())
    return ARTICLES.sub("", words) or words


class Names:
    """What things are called, each name leading to a code. Codes of two letters and full names never clash: a name that would
    lead to two is kept for the first."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.codes: dict[str, str] = {}
        self.written: dict[str, str] = {}
        for name, code in pairs:
            if key := plain(name):
                self.codes.setdefault(key, code)
                self.written.setdefault(key, name)

    def find(self, text: str) -> str | None:
        """The code of what ``text`` names, also where it stands before or in brackets: "Türkiye (TR)". None when nothing has that name.

        ISO 3166 turns names round: "Moldova, Republic of". What is in the brackets counts first: "Congo (the Democratic Republic of the)".
        """
        outside = IN_BRACKETS.sub(" ", text)
        inside = " ".join(re.findall(r"[(\[](.*?)[)\]]", text))
        turned = " ".join(reversed(text.split(","))) if text.count(",") == 1 else f"{inside} {outside}"
        for candidate in (text, turned, outside, inside):
            if candidate and (code := self.codes.get(plain(candidate))):
                return code
        return None

    def like(self, text: str) -> list[str]:
        """Names that are nearly written like ``text``, to suggest."""
        near = difflib.get_close_matches(plain(text), list(self.codes), n=6, cutoff=0.75)
        codes = list(dict.fromkeys(self.codes[key] for key in near))[:MOST_SUGGESTED]
        return [next(self.written[key] for key in near if self.codes[key] == code) for code in codes]


def country_names() -> Names:
    """Countries by ISO 3166-1 code of two or three letters, today's and earlier names in both languages, and familiar ones."""
    rows = list(Country.objects.values_list("code", "name_en", "name_fr"))
    former = FormerName.objects.values_list("country__code", "name_en", "name_fr")
    known = {code for code, *_names in rows}
    pairs = [(name, code) for code, *names in [*rows, *former] for name in (*names, code)]
    pairs += [(iso.alpha3(code), code) for code in known if iso.alpha3(code)]
    return Names([*pairs, *aliases("country_aliases.csv", known)])


def body_names() -> Names:
    """International organisations by code, acronym or name in both languages, and by earlier names."""
    rows = list(Body.objects.order_by("pk").values_list("code", "acronym_en", "acronym_fr", "name_en", "name_fr"))
    pairs = [(name, code) for code, *names in rows for name in (code, *names)]
    pairs += [
        (f"{name} {acronym}", code) for code, *acronyms, name_en, name_fr in rows for name in (name_en, name_fr) for acronym in acronyms
    ]
    return Names([*pairs, *aliases("body_aliases.csv", {code for code, *_names in rows})])


def aliases(file: str, known: set[str]) -> list[tuple[str, str]]:
    """Familiar names from a file, of what there is."""
    return [(row["alias"], row["code"]) for row in read_rows(DATA / file) if row["code"] in known]
