"""The web server process. WEB_CONCURRENCY sets the number of processes, WEB_THREADS the threads of each, PORT the port."""

import os
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from pompidou.logs import Discreet, JsonLines, without_tokens

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # the code is read once and shared by the processes; no connection is opened before they part
timeout = 30
control_socket_disable = True  # processes are told what to do by signals, as containers do
graceful_timeout = 30
keepalive = 5
max_requests = 5000  # what leaks is given back now and then, not by all at once
max_requests_jitter = 500
if Path("/dev/shm").is_dir():  # noqa: S108  a heartbeat file that must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108

# Who asked, and whether by https, is for TRUSTED_PROXY_COUNT to say; and a name with underscores passes for another one.
secure_scheme_headers: dict[str, str] = {}
header_map = "drop"
forwarder_headers = ""  # not even from this machine: a client's word would otherwise become the beginning of our addresses

# No query string and no referer: they may hold what somebody searched for. No address: the proxy in front has it.
accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(M)sms"
HIDDEN = {"h", "u", "q", "a"}  # address, user, query, browser; and whatever a format takes from headers


class DiscreetLogger(Logger):
    """Writes the same lines as the rest of the program, whatever format is asked for: no token, no query, no address."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in [*self.error_log.handlers, *self.access_log.handlers]:
            handler.setFormatter(JsonLines())
            handler.addFilter(Discreet())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        hidden = {name: "…" for name in atoms if name.startswith("{") or name in HIDDEN}
        return {name: without_tokens(value) if isinstance(value, str) else value for name, value in (atoms | hidden).items()}


logger_class = DiscreetLogger
