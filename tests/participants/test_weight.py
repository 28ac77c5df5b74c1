"""What the registration page weighs with all its files, as a browser fetches them, on the wire."""

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin

from django.contrib.staticfiles import finders

from tests.factories import MeetingFactory

MOST = 60 * 1024
FETCHED = re.compile(r"""<(?:link|script|img|source)\b[^>]*?(?:href|src)="(/static/[^"]+)\"""")
NAMED = re.compile(r"""url\(["']?(?!data:|#)([^"')]+)""")


def files_of(html):
    """The addresses of all files a page names, and of those that its style sheets name."""
    found = list(dict.fromkeys(FETCHED.findall(html)))
    for address in found:
        if address.endswith(".css"):
            named = [urljoin(address, each) for each in NAMED.findall(content(address).decode())]
            found.extend(each for each in named if each not in found)
    return found


def content(address):
    return Path(finders.find(address.removeprefix("/static/"))).read_bytes()


def test_the_registration_page_with_all_its_files_is_under_60_kb(client, db):
    MeetingFactory(slug="strasbourg-2026")
    html = client.get("/meetings/strasbourg-2026/register/?sector=police").content

    parts = {address: len(gzip.compress(content(address))) for address in files_of(html.decode())}
    weight = len(gzip.compress(html)) + sum(parts.values())

    assert {address.rsplit(".")[-1] for address in parts} == {"css", "js", "svg"}
    assert weight <= MOST
