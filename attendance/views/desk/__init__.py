"""The check-in desk: opening a device, its page, and what its page sends."""

from attendance.views.desk.opening import here, leave, open_link
from attendance.views.desk.page import check_in, enter, take_back, walk_in
from attendance.views.desk.wire import manifest, people, scans, worker

__all__ = ["check_in", "enter", "here", "leave", "manifest", "open_link", "people", "scans", "take_back", "walk_in", "worker"]
