"""Where the words of a mail come from: the row the secretariat edits, or the text shipped with the project."""

from functools import cache
from pathlib import Path

from django.conf import settings

from correspondence import kinds
from correspondence.models import MessageTemplate


@cache
def shipped(kind: str, language: str) -> tuple[str, str]:
    """The subject and body shipped for ``kind``: templates/mails/<kind>.<language>.txt, subject on the first line."""
    path = Path(settings.BASE_DIR) / "templates" / "mails" / f"{kind}.{language}.txt"
    subject, _, body = path.read_text(encoding="utf-8").partition("\n")
    return subject.strip(), body.strip() + "\n"


def wording_of(kind: str, language: str) -> tuple[str, str]:
    """The subject and body of ``kind`` as they read today, placeholders not filled."""
    row = MessageTemplate.objects.filter(kind=kind).values_list(f"subject_{language}", f"body_{language}").first()
    return row or shipped(kind, language)


def add_missing_templates(**kwargs: object) -> None:
    """Give every kind of mail its row, with the shipped text, so that the secretariat finds it; edited rows stay."""
    present = set(MessageTemplate.objects.values_list("kind", flat=True))
    for kind in kinds.with_templates():
        if kind.key not in present:
            subject_en, body_en = shipped(kind.key, "en")
            subject_fr, body_fr = shipped(kind.key, "fr")
            MessageTemplate.objects.create(kind=kind.key, subject_en=subject_en, subject_fr=subject_fr, body_en=body_en, body_fr=body_fr)
