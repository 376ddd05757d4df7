#!/usr/bin/env python3
"""How long `pendulum verify` takes to find each faulty module of tests/modules, with its defaults.

    faulty_modules.py [PROGRAM]     PROGRAM is build/release/pendulum if not given

Prints a table, one line a mechanism: the rule, the seconds that the whole verification took on
two processors (compiling included), how many runs it did and how often the rule was broken; then
the seconds of the repaired twin. Ends with status 1 if one was not found within 30 seconds or a
twin was not clean.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODULES = ROOT / "tests" / "modules"
BUDGET_SECONDS = 30


def rules():
    """The rule of each mechanism, from the table of tests/modules/README.md."""
    found = {}
    for line in (MODULES / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 3 and cells[1].startswith("`"):
            found[cells[1].strip("`")] = cells[2]
    return found


def verify(program, module, folder):
    begin = time.monotonic()
    done = subprocess.run(
        [program, "verify", MODULES / f"{module}.cpp", "--jobs", "2", "--out", folder,
         "--json", "-"],
        capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begin
    if done.returncode not in (0, 1):
        sys.exit(f"faulty_modules: {module}: {done.stderr}")
    return json.loads(done.stdout), seconds


def main(arguments):
    program = arguments[0] if arguments else ROOT / "build" / "release" / "pendulum"
    wrong = 0
    print(f"{'mechanism':34} {'rule':27} {'seconds':>7} {'runs':>7} {'breaking it':>11}   twin")
    with tempfile.TemporaryDirectory() as folder:
        for mechanism, rule in rules().items():
            report, seconds = verify(program, f"faulty_{mechanism}", folder)
            twin, twin_seconds = verify(program, mechanism, folder)
            count = sum(finding["count"] for finding in report["findings"]
                        if finding["clause"].split("/")[0] == rule)
            is_clean = not twin["findings"]
            wrong += count == 0 or seconds > BUDGET_SECONDS or not is_clean
            print(f"{mechanism:34} {rule:27} {seconds:7.1f} {report['totals']['runs']:7} {count:11}"
                  f"   {'clean' if is_clean else 'NOT CLEAN'}, {twin_seconds:.1f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
