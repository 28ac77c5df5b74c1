"""Fixtures of the privacy tests."""

import pytest


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """The list of erasures and the mail files of each test alone."""
    settings.VAR_DIR = tmp_path
    settings.DEMO_MAIL_DIR = settings.EMAIL_FILE_PATH = tmp_path / "mail"
