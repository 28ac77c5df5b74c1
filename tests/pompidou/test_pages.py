"""Pages about the site itself."""

import re
from pathlib import Path

import axe_playwright_python
import pytest


@pytest.mark.parametrize("path", ["/accessibility/", "/fr/accessibility/"])
def test_the_accessibility_statement_names_an_address_to_write_to(client, db, settings, path):
    settings.CONTACT_EMAIL = "help@secretariat.example"

    html = client.get(path).content.decode()

    assert html.count('href="mailto:help@secretariat.example"') == 2  # in the text and in the foot of the page


@pytest.mark.parametrize("path", ["/accessibility/", "/fr/accessibility/"])
def test_the_accessibility_statement_names_the_checker_that_is_used(client, db, path):
    script = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    version = re.match(r"/\*! axe v(\d+\.\d+)", script)[1]

    assert f"axe-core {version}," in client.get(path).content.decode()
