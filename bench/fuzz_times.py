#!/usr/bin/env python3
"""How long fuzzing takes to find what was planted.

    fuzz_times.py modules BUILD [NAME...]  every faulty example and test module, by `pendulum fuzz`
                                           from the seeds
    fuzz_times.py mutants BUILD [NAME...]  the mutants of the host that break byte counts, statuses
                                           or pending flags of what fuzz targets call, each by its
                                           target, from an empty corpus

BUILD is the folder of a build (build/release), and has been built with the targets pendulum and
fuzz_mutants. Names are those of the table's first column. Prints a Markdown table: the rule, and
after how many seconds it was first told, starting included, compiling a module only if it is not in
the cache: on the wall, and of processor time, which alone means something where others keep the
processors busy. Exit status 1: one was not found within 60 seconds of processor time, or the host
as it is has a finding.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUDGET_SECONDS = 60
# A campaign is told to end by itself only where the processors are busy with something else.
MOST_SECONDS = 600
# By the first word of a mutant's name.
TARGETS = {"Read": "read_entity_body", "Remaining": "read_entity_body", "Write": "write",
           "Flush": "flush", "Post": "post_completion", "Info": "pipeline", "Cancel": "pipeline",
           "Indicate": "pipeline"}
# What of a mutant's name says that it breaks a byte count, a status, or a pending flag.
BREAKS = re.compile("Count|Bytes|TooFew|TooMany|ZeroEarly|EndEarly|Remaining|OddSuccess|Fails|"
                    "Hidden|Status|Aborted|CancelledOther|OtherFailure|OtherError|Flagged")
# The scripted module passes no invalid arguments, and its scripts have no IndicateCompletion with
# another status than CONTINUE.
NOT_SCRIPTED = {"WriteNullChunksOtherError", "WriteInvalidOtherError", "WriteTooManyAccepted",
                "IndicateStatusIgnored"}


def processor_seconds(session):
    """What the processes of a session, and those that they waited for, took of the processors."""
    ticks = 0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(errors="replace").rsplit(")", 1)[1].split()
        except OSError:
            continue  # It ended meanwhile.
        if int(fields[3]) == session:
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def wait_for(command, folder, look):
    """Runs a campaign until `look(folder)` gives something. Returns that or None, the seconds on
    the wall, and those of processor time."""
    begin = time.monotonic()
    with open(folder / "log", "w", encoding="utf-8") as log:
        campaign = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=folder,
                                    start_new_session=True)
    try:
        while True:
            # A process that ended is there until poll() asks for it.
            used = processor_seconds(campaign.pid)
            seconds = time.monotonic() - begin
            ended = campaign.poll() is not None
            seen = look(folder)
            if seen is not None or ended or min(used, seconds) > BUDGET_SECONDS:
                return seen, seconds, used
            time.sleep(0.05)
    finally:
        if campaign.poll() is None:
            campaign.send_signal(signal.SIGINT)
            try:
                campaign.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(campaign.pid, signal.SIGKILL)
                campaign.wait()


def rule_of(path):
    """The rule in a finding's name: finding-RULE-PLACE-HASH, with a comma for a slash."""
    return path.name.removeprefix("finding-").rsplit("-", 2)[0].replace(",", "/")


def faulty_modules():
    """Each module with a planted fault, and the rules any of which shows it."""
    found = []
    for line in (ROOT / "tests/modules/README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 3 and cells[1].startswith("`"):
            name = cells[1].strip("`")
            rules = tuple(cells[2].split(", "))
            found.append((ROOT / "tests/modules" / f"faulty_{name}.cpp", rules))
    for path in sorted((ROOT / "examples").glob("faulty_*.cpp")):
        found.append((path, ("MODULE-",)))
    return found


def modules(build, names):
    program = build / "pendulum"
    for path, rules in faulty_modules():
        if names and path.stem not in names:
            continue

        def look(folder):
            findings = folder / "campaign/findings"
            for found in sorted(findings.glob("finding-*")):
                if rule_of(found).startswith(rules):
                    return rule_of(found)
            # Crashes and races are told where they have been run again.
            told = re.search(r"^(MODULE-[A-Z-]+\S*):", (folder / "log").read_text(errors="replace"),
                             re.MULTILINE)
            return told[1] if told and told[1].startswith(rules) else None

        with tempfile.TemporaryDirectory() as folder:
            command = [program, "fuzz", path, "--time", f"{MOST_SECONDS}s",
                       "--out", "campaign", "--minimize-runs", "1", "--", "-seed=1"]
            if rules == ("MODULE-DATA-RACE",):
                command[3:3] = ["--sanitize", "thread"]
            yield path.stem, "`pendulum fuzz`", wait_for(command, pathlib.Path(folder), look), True


def mutants(build, names):
    text = (ROOT / "harness/host/mutants.inc").read_text(encoding="utf-8")
    chosen = [("", target) for target in sorted(set(TARGETS.values()))]
    for name, breaks in re.findall(r"PENDULUM_MUTANT\(([A-Z]\w+), ([A-Z]\w+),", text):
        # What a host only should do is a warning, and no finding of a fuzz target.
        target = TARGETS.get(re.match("[A-Z][a-z]+", name)[0])
        if target and breaks == "Must" and BREAKS.search(name) and name not in NOT_SCRIPTED:
            chosen.append((name, target))

    def look(folder):
        for found in folder.glob("finding-*"):
            return rule_of(found)
        return None

    for name, target in chosen:
        label = name or f"the host as it is ({target})"
        if names and label not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "corpus"))
            # The first finding ends it, as it does on a fuzzing platform.
            command = [build / "bench/fuzz_mutants", f"--target={target}", "-seed=1", "-entropic=0",
                       "-max_len=1024", "-detect_leaks=0", f"-max_total_time={MOST_SECONDS}",
                       "corpus"]
            if name:
                command.insert(2, f"--mutant={name}")
            told = wait_for(command, pathlib.Path(folder), look)
        yield label, f"`{target}`", told, bool(name)


def main(arguments):
    ways = {"modules": modules, "mutants": mutants}
    if len(arguments) < 2 or arguments[0] not in ways:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    build = pathlib.Path(arguments[1]).resolve()
    print("| what | by | rule | seconds | of processor time |\n| --- | --- | --- | --- | --- |",
          flush=True)
    missed = 0
    rows = 0
    for name, by, told, is_planted in ways[arguments[0]](build, set(arguments[2:])):
        rule, seconds, used = told
        said = rule or ("not found" if is_planted else "none")
        print(f"| {name} | {by} | {said} | {seconds:.1f} | {used:.1f} |", flush=True)
        missed += (rule is not None) != is_planted
        rows += 1
    if rows == 0:
        print("there is nothing of that name", file=sys.stderr)
        return 2
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
