"""The container's health check: does the web process in it answer? The Host header is the one the site accepts."""

import os
import sys
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

host = urlsplit(os.environ.get("BASE_URL", "")).netloc or "localhost"
port = os.environ.get("PORT", "8000")
with urlopen(Request(f"http://127.0.0.1:{port}/livez", headers={"Host": host}), timeout=4) as answer:
    sys.exit(answer.status != 200)
