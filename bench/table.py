#!/usr/bin/env python3
"""The figures that Pendulum is held to, measured in one run on this machine.

    table.py [--rounds N] BUILD     BUILD is a build's folder (./x bench: build/optimized);
                                    five rounds if not given

Measurements are interleaved: each round takes every one of them once, and the table shows medians
with their ranges. Rates and times are of processor time of one core. What is not built, or not
installed (spin), is left out and said so. A bar that was missed does not change the exit status:
times depend on the machine, and instruction counts (instructions.py) are what gates the code.
"""

import argparse
import json
import pathlib
import platform
import re
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


class NotThere(Exception):
    """What a measurement needs is not built or not installed."""


def program(build, name):
    path = build / "bench" / name
    if not path.exists():
        raise NotThere(f"{name} is not built")
    return path


def processor_seconds(command):
    """Processor time of a command, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise NotThere(f"{command[0]} ended with status {done.returncode}: {done.stderr.strip()}")
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def rate_of_runs(name, workload, phase, runs):
    """Runs per second, without what the program does before its first run."""

    def measure(build):
        path = str(program(build, name))
        # The first of all compiles the module.
        processor_seconds([path, workload, phase, "1"])
        start = processor_seconds([path, workload, phase, "1"])
        whole = processor_seconds([path, workload, phase, str(runs + 1)])
        return runs / max(whole - start, 1e-9)

    return measure


def google(name, benchmark, value):
    """A counter of a Google Benchmark program, or its time in seconds."""

    def measure(build):
        done = subprocess.run(
            [str(program(build, name)), f"--benchmark_filter=^{benchmark}$",
             "--benchmark_format=json"],
            capture_output=True, text=True, check=False)
        rows = json.loads(done.stdout or "{}").get("benchmarks", [])
        if not rows:
            raise NotThere(f"{name} has no {benchmark}")
        if value != "seconds":
            return rows[0][value]
        return rows[0]["cpu_time"] * {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}[
            rows[0]["time_unit"]]

    return measure


def spin(operations):
    """Seconds that Spin needs for all states of its model of workload W."""

    def measure(_build):
        if shutil.which("spin") is None:
            raise NotThere("spin is not installed (apt-get install spin)")
        with tempfile.TemporaryDirectory() as folder:
            model = ROOT / "bench" / "peers" / "workload.pml"
            subprocess.run(["spin", f"-DK={operations}", "-a", model], cwd=folder, check=True,
                           capture_output=True)
            subprocess.run(["clang", "-w", "-O2", "-o", "pan", "pan.c"], cwd=folder, check=True)
            return processor_seconds([f"{folder}/pan", "-m100000"])

    return measure


# What, how it is built, its unit, the bar (None: there is none), how to measure it. A unit that
# ends in /s is better when it is more, seconds when they are fewer.
ROWS = [
    ("workload W, random", "plain", "schedules/s", 1_000_000,
     google("bench_workload", "BM_WorkloadW", "schedules")),
    ("workload W, random", "ASan + UBSan", "schedules/s", 500_000,
     google("bench_workload_asan", "BM_WorkloadW", "schedules")),
    ("workload W, random", "TSan", "schedules/s", 250_000,
     google("bench_workload_tsan", "BM_WorkloadW", "schedules")),
    ("reference request, whole specification", "plain", "runs/s", 250_000,
     rate_of_runs("bench_reference", "reference", "whole", 200_000)),
    ("reference request, whole specification", "ASan + UBSan", "runs/s", 100_000,
     rate_of_runs("bench_reference_asan", "reference", "whole", 50_000)),
    ("reference request, whole specification", "TSan", "runs/s", 45_000,
     rate_of_runs("bench_reference_tsan", "reference", "whole", 20_000)),
    ("reference request, host alone", "plain", "runs/s", None,
     rate_of_runs("bench_reference", "reference", "host", 200_000)),
    ("completion storm (W4), 128 operations, specification", "plain", "runs/s", None,
     rate_of_runs("bench_reference", "storm", "whole", 10_000)),
    ("completion storm (W4), 128 operations, host alone", "plain", "runs/s", None,
     rate_of_runs("bench_reference", "storm", "host", 10_000)),
    ("reference request, all schedules, 3 preemptions", "plain", "s", 0.2,
     google("bench_request_search", "BM_PreemptionsOfTheReferenceRequest/3", "seconds")),
    ("workload W exhausted, 6 operations", "plain", "s", None,
     google("bench_search", "BM_ExhaustW/6", "seconds")),
    ("workload W exhausted, 7 operations", "plain", "s", 5,
     google("bench_search", "BM_ExhaustW/7", "seconds")),
    ("Spin: all states of a model of W, 6 operations", "the model", "s", None, spin(6)),
    ("Spin: all states of a model of W, 7 operations", "the model", "s", None, spin(7)),
]


def quantity(value, unit):
    if unit == "s":
        return f"{value:.3f} s"
    return f"{value:,.0f} {unit}"


def machine(build):
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    used = next(shlex.split(one["command"]) for one in commands
                if one["file"].endswith("/harness/host/world.cc"))
    compiler = next(word for word in used if not word.endswith("ccache"))
    kinds = ("-O", "-g", "-f", "-m", "-std=", "-DNDEBUG")
    flags = [word for word in used if word.startswith(kinds)]
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=False)
    cpu = re.search(r"^model name\s*: (.*)$",
                    pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    commit = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"],
                            capture_output=True, text=True, check=False)
    load = pathlib.Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
    yield f"machine   {cpu.group(1) if cpu else platform.machine()}, load {load}"
    yield f"compiler  {(version.stdout.splitlines() or ['?'])[0]}"
    yield f"flags     {' '.join(flags)}"
    yield f"commit    {commit.stdout.strip() or '?'}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("build", type=pathlib.Path)
    arguments = parser.parse_args()
    for line in machine(arguments.build):
        print(line)
    taken = [[] for _ in ROWS]
    missing = {}
    for number in range(arguments.rounds):
        for i, row in enumerate(ROWS):
            if i in missing:
                continue
            print(f"\rround {number + 1} of {arguments.rounds}: {row[0]}\033[K", end="",
                  file=sys.stderr, flush=True)
            try:
                taken[i].append(row[4](arguments.build))
            except NotThere as reason:
                missing[i] = str(reason)
    print("\r\033[K", end="", file=sys.stderr)
    print(f"\n{'':52} {'build':13} {'median':>21}   {'range':33} bar")
    for i, (what, built, unit, bar, _) in enumerate(ROWS):
        if i in missing:
            print(f"{what:52} {built:13} {missing[i]}")
            continue
        values = sorted(taken[i])
        median = statistics.median(values)
        span = f"{quantity(values[0], unit)} to {quantity(values[-1], unit)}"
        verdict = ""
        if bar is not None:
            met = median <= bar if unit == "s" else median >= bar
            verdict = f"{quantity(bar, unit)}: {'met' if met else 'MISSED'}"
        print(f"{what:52} {built:13} {quantity(median, unit):>21}   {span:33} {verdict}")


if __name__ == "__main__":
    main()
