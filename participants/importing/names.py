"""A whole name in one cell becomes given names and family name, each as typed; and when two names are the same."""

from accounts.text import fold

# Words that begin a family name in more than one part.
PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "al", "el", "bin", "ben"}
    | {"ibn", "bint", "ter", "ten", "zu", "af", "av", "ní", "nic", "mac", "mc", "ó", "ua", "o", "st", "st.", "san"}
)


def parted(name: str) -> tuple[str, str]:
    """Given names and family name, as well as can be told: "ORRIN, Maeve", "Maeve ORRIN", "ORRIN Maeve", "Ana van der Meer".

    Without a comma, capitals or a particle the last word is the family name.
    """
    if "," in name:
        family, _comma, given = name.partition(",")
        return given.strip(), family.strip()
    words = name.split()
    loud = [is_loud(word) for word in words]
    if any(loud) and not all(loud):
        quiet = [word for word, is_family in zip(words, loud, strict=True) if not is_family]
        capitals = [word for word, is_family in zip(words, loud, strict=True) if is_family]
        return " ".join(quiet), " ".join(capitals)
    start = next((place for place in range(1, len(words) - 1) if words[place].lower() in PARTICLES), len(words) - 1)
    return " ".join(words[:start]), " ".join(words[start:])


def is_loud(word: str) -> bool:
    """True for a word in capitals; an initial is none."""
    return word.isupper() and sum(character.isalpha() for character in word) > 1


def same_name_key(given: str, family: str) -> str:
    """Equal for the same person's name, accents, case, hyphens and the order of its parts aside."""
    return " ".join(sorted(fold(f"{given} {family}").replace("-", " ").replace(",", " ").split()))
