"""Pages about the site itself."""

import pytest


@pytest.mark.parametrize("path", ["/accessibility/", "/fr/accessibility/"])
def test_the_accessibility_statement_names_an_address_to_write_to(client, db, settings, path):
    settings.CONTACT_EMAIL = "help@secretariat.example"

    html = client.get(path).content.decode()

    assert html.count('href="mailto:help@secretariat.example"') == 2  # in the text and in the foot of the page
