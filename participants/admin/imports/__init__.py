"""The pages that import a list: bring a file, match its columns, look at every row and mend it, write it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import URLPattern, path

from participants.admin.imports import bring, match, rows, write
from participants.admin.imports.access import PERMISSION

__all__ = ["PERMISSION", "urls_of"]

PAGES = (
    ("import/", "import", bring.bring_view),
    ("import/<int:import_id>/", "import_progress", write.progress_view),
    ("import/<int:import_id>/columns/", "import_columns", match.columns_view),
    ("import/<int:import_id>/rows/", "import_rows", rows.rows_view),
    ("import/<int:import_id>/write/", "import_write", write.write_view),
    ("import/<int:import_id>/cancel/", "import_cancel", write.cancel_view),
)


def urls_of(model_admin: Any, guard: Callable[..., Any]) -> list[URLPattern]:
    """The addresses of the pages, each behind the back office's door."""
    return [path(route, guard(partial(view, model_admin)), name=f"participants_participant_{name}") for route, name, view in PAGES]
