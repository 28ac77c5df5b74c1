"""A mail server for the tests of delivery."""

from collections.abc import Iterator

import pytest

from tests import mailserver


@pytest.fixture
def mail_server(settings) -> Iterator[mailserver.Script]:
    """A server that accepts everything until its script is changed; Django's mail goes there."""
    script = mailserver.Script()
    controller = mailserver.start(script)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 5
    yield script
    controller.stop()
