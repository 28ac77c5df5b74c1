"""Settings for tests: production's own, with the slow parts swapped. DATABASE_URL chooses another database than SQLite."""

import os
import tempfile
from pathlib import Path

scratch = tempfile.TemporaryDirectory(prefix="pompidou-tests-")  # gone when the process ends
(Path(scratch.name) / "static").mkdir()
os.environ.update(
    SECRET_KEY="tests-" * 10,
    FIELD_KEYS="dGVzdHMtdGVzdHMtdGVzdHMtdGVzdHMtdGVzdHMtdGU=",
    DEBUG="0",
    DEMO="0",
    BASE_URL="http://testserver",
    VAR_DIR=scratch.name,
    CACHE_URL="locmemcache://",
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{scratch.name}/pompidou.sqlite3")

from pompidou.settings import *  # noqa: E402, F403, TID251  the one place that needs the module itself
from pompidou.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402, TID251

DATABASES["default"]["TEST"] = {"NAME": f"{scratch.name}/tests.sqlite3" if "sqlite3" in DATABASES["default"]["ENGINE"] else None}
if "init_command" in DATABASES["default"].get("OPTIONS", {}):  # a test database needs no protection from a power cut
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
INSTALLED_APPS += ["django_migration_linter"]  # for `make lint`
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
