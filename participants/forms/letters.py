"""A letter that somebody uploads: what it may be, told by its content and not by its name alone."""

import zipfile
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST = 5_000_000
MOST_PARTS = 2_000  # of a DOCX file; a letter has some twenty
PDF, JPEG, PNG, DOCX = (
    "application/pdf",
    "image/jpeg",
    "image/png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
TYPES = {".pdf": PDF, ".jpg": JPEG, ".jpeg": JPEG, ".png": PNG, ".docx": DOCX}
SIGNATURES = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n", DOCX: b"PK\x03\x04"}
NOT_A_LETTER = _("Choose a PDF, JPEG, PNG or DOCX file.")


class LetterField(forms.FileField):
    """A scanned or written letter of at most five megabytes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.FileInput(attrs={"accept": ",".join(TYPES)})
        super().__init__(**kwargs)
        self.error_messages |= {"empty": _("The file is empty."), "invalid": NOT_A_LETTER, "missing": NOT_A_LETTER}

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            refuse_large(file)
            if not is_what_it_says(file):
                raise ValidationError(NOT_A_LETTER, code="type")
        return file


def refuse_large(file: UploadedFile) -> None:
    """Raise a ValidationError for a file of more than five megabytes."""
    if (file.size or 0) > LARGEST:
        raise ValidationError(_("The file is too large: at most 5 MB."), code="size")


def is_what_it_says(file: UploadedFile) -> bool:
    """True when the content is of the kind that the end of the name stands for."""
    kind = TYPES.get(PurePath(file.name or "").suffix.lower(), "")
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if not kind or not start.startswith(SIGNATURES[kind]):
        return False
    return kind != DOCX or is_plain_docx(file)


def is_plain_docx(file: UploadedFile) -> bool:
    """True for a text document without macros; only the list of its parts is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    finally:
        file.seek(0)
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return len(names) <= MOST_PARTS and {"[Content_Types].xml", "word/document.xml"} <= set(names) and not has_macros
