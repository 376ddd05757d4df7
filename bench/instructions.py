#!/usr/bin/env python3
"""Counts the instructions of the reference request, and holds them to their budgets.

    instructions.py BUILD [--write]     BUILD is a release build's folder

Of runs 2,000 to 4,000 of a search, when the oracle knows the beginnings of most; "anew" is for one
that judges each event, as in a search's first runs.
Valgrind's callgrind counts the same run after run, where times on a shared machine vary by a third.
It counts in a copy of the program without debug information, since Debian 12's valgrind can't read
the DWARF 5 that Clang 14 writes.
The budgets stand in instructions.json beside this file; a count that is above its budget by more
than one per cent ends with status 1. One that is clearly below asks for a lower budget: --write
writes the present counts, rounded up, where they are lower. The goals beside the budgets are what
the project set out for; they are shown, and gate nothing.
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BUDGETS = HERE / "instructions.json"
FEW, MANY = 2000, 4000
TOLERANCE = 1.01


def instructions(program, phase, runs):
    """Instructions of a process that does so many runs of the reference request."""
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "reference",
         phase, str(runs)], capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or found is None:
        sys.exit(f"instructions: {program} does not run under valgrind:\n{done.stderr}")
    return int(found.group(1))


def per_run(program, phase):
    """Without what the process does before and after the runs."""
    return (instructions(program, phase, MANY) - instructions(program, phase, FEW)) / (MANY - FEW)


def events_per_run(program):
    done = subprocess.run([program, "reference", "events", str(MANY)], capture_output=True,
                          text=True, check=True)
    return float(done.stdout)


def measure(program):
    whole = per_run(program, "whole")
    anew = per_run(program, "anew")
    host = per_run(program, "host")
    events = events_per_run(program)
    return {"request": whole,
            "specification_per_event": (whole - host) / events,
            "specification_per_event_anew": (anew - host) / events}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    program = arguments.build / "bench" / "bench_reference"
    for tool, package in (("valgrind", "valgrind"), ("strip", "binutils")):
        if shutil.which(tool) is None:
            print(f"instructions: {tool} is missing: apt-get install {package}", file=sys.stderr)
            sys.exit(3)
    if not program.exists():
        print(f"instructions: {program} is missing: build the target bench_reference",
              file=sys.stderr)
        sys.exit(3)
    with tempfile.TemporaryDirectory() as folder:
        bare = f"{folder}/{program.name}"
        subprocess.run(["strip", "--strip-debug", "-o", bare, program], check=True)
        counts = measure(bare)
    budgets = json.loads(BUDGETS.read_text(encoding="utf-8"))
    failed = False
    for name, count in counts.items():
        budget, goal = budgets[name]["budget"], budgets[name]["goal"]
        over = count > budget * TOLERANCE
        failed = failed or over
        remark = "ABOVE its budget" if over else "within its budget"
        if count * 1.05 < budget:
            remark += "; lower it with --write"
        remark += f"; the goal of {goal} is {'reached' if count <= goal else 'not reached'}"
        print(f"{name:28} {count:10.1f} instructions, budget {budget}: {remark}")
        budgets[name]["budget"] = min(budget, -int(-count // 1))
    if arguments.write:
        BUDGETS.write_text(json.dumps(budgets, indent=2) + "\n", encoding="utf-8")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
