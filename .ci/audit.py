"""Ask the advisory service about every pinned requirement; fail on a known hole, and say plainly what could not be asked.

With AUDIT_REQUIRED=1, as before a release, what could not be asked is a failure too.
"""

import json
import os
import subprocess
import sys
from typing import Any


def ask() -> list[dict[str, Any]]:
    """What the service knows of each requirement; raises ValueError saying why there is no answer."""
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json"]
    try:
        run = subprocess.run([*command, "--requirement", "requirements/dev.txt"], capture_output=True, text=True, check=False, timeout=300)
        answers: list[dict[str, Any]] = json.loads(run.stdout)["dependencies"]
    except subprocess.TimeoutExpired as error:
        raise ValueError("no answer in five minutes") from error
    except (ValueError, KeyError) as error:
        raise ValueError((run.stderr.strip().splitlines() or ["no answer"])[-1][:200]) from error
    return answers


def main() -> int:
    is_required = bool(os.environ.get("AUDIT_REQUIRED"))
    try:
        answers = ask()
    except ValueError as problem:
        print(f"pip-audit: COULD NOT ASK the advisory service ({problem}). Nothing was audited.")
        return 1 if is_required else 0
    unasked = [answer["name"] for answer in answers if "skip_reason" in answer]
    holes = [(answer["name"], answer["version"], hole["id"]) for answer in answers for hole in answer.get("vulns", [])]
    for name, version, hole in holes:
        print(f"pip-audit: {name} {version} has the known hole {hole}")
    if unasked:
        print(f"pip-audit: COULD NOT ASK about {len(unasked)} of {len(answers)} packages: the advisory service did not know or answer.")
    print(f"pip-audit: {len(answers) - len(unasked)} of {len(answers)} packages audited, {len(holes)} known holes")
    return 1 if holes or (unasked and is_required) else 0


if __name__ == "__main__":
    sys.exit(main())
