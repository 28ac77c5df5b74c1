"""Ask the advisory service about every pinned requirement; fail on a known hole, and say plainly what could not be asked."""

import json
import subprocess
import sys


def main() -> int:
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json"]
    run = subprocess.run([*command, "--requirement", "requirements/dev.txt"], capture_output=True, text=True, check=False, timeout=300)
    try:
        answers = json.loads(run.stdout)["dependencies"]
    except (ValueError, KeyError):
        problem = (run.stderr.strip().splitlines() or ["no answer"])[-1][:200]
        print(f"pip-audit: COULD NOT ASK the advisory service ({problem}). Nothing was audited.")
        return 0
    unasked = [answer["name"] for answer in answers if "skip_reason" in answer]
    holes = [(answer["name"], answer["version"], hole["id"]) for answer in answers for hole in answer.get("vulns", [])]
    for name, version, hole in holes:
        print(f"pip-audit: {name} {version} has the known hole {hole}")
    if unasked:
        print(f"pip-audit: COULD NOT ASK about {len(unasked)} of {len(answers)} packages: the advisory service did not know or answer.")
    print(f"pip-audit: {len(answers) - len(unasked)} of {len(answers)} packages audited, {len(holes)} known holes")
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main())
