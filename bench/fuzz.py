"""The speed of fuzzing: executions per CPU-second of the reference request, whose schedules are
changed, of its module with scenarios that are changed too, and of a target with one operation,
beside a target that does nothing and is built with the same flags.

    python3 bench/fuzz.py build/release [ROUNDS]

Each round runs all programs once, one after the other; the medians of the rounds are told. Needs
pendulum-fuzz and pendulum-fuzz-asan in the build folder.
"""

import os
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
KINDS = {"plain": ([], "pendulum-fuzz"), "ASan + UBSan": (SANITIZERS, "pendulum-fuzz-asan")}
COVERAGE = "-fsanitize-coverage=inline-8bit-counters,pc-table"
EMPTY = """#include <stddef.h>
#include <stdint.h>
extern "C" int LLVMFuzzerTestOneInput(const uint8_t*, size_t) { return 0; }
"""
EMPTY_RUNS, RUNS = 1000000, 60000
# What issue and documentation promise: shares of the empty target, of code alone and of all.
WANTED = {"plain": (12, 7), "ASan + UBSan": (14, 9)}


def compile_all(folder, build, flags):
    """Returns the paths of the empty program, the reference module and the scripted module."""
    paths = [os.path.join(folder, name) for name in ("empty", "reference.so", "scripted.so")]
    source = paths[0] + ".cc"
    with open(source, "w", encoding="utf-8") as file:
        file.write(EMPTY)
    options = os.path.join(ROOT, "fuzzers", "sanitizer_options.cc")
    subprocess.run(["clang++", "-O2", "-fsanitize=fuzzer", *flags, source, options, "-o", paths[0]],
                   check=True)
    for path, module in zip(paths[1:], ("bench/reference_module.cpp",
                                        "fuzzers/scripted_module.cpp")):
        subprocess.run(["clang++", "-g", "-fPIC", "-shared", "-O2", "-std=c++17",
                        f"@{build}/harness/sdk/module.flags", COVERAGE, *flags,
                        os.path.join(ROOT, module), "-o", path], check=True)
    return paths


def rate(arguments, runs):
    """Executions per CPU-second."""
    with tempfile.TemporaryDirectory() as corpus:
        child = subprocess.Popen(
            [*arguments, f"-runs={runs}", "-seed=1", "-entropic=0", "-max_len=96", "-len_control=0",
             "-detect_leaks=0", corpus],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=corpus)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            raise SystemExit(f"{arguments[0]} ended with {child.returncode}")
    return runs / (usage.ru_utime + usage.ru_stime)


def main():
    build = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        programs = {}
        for kind, (flags, driver) in KINDS.items():
            below = os.path.join(folder, driver)
            os.mkdir(below)
            empty, reference, scripted = compile_all(below, build, flags)
            program = os.path.join(build, driver)
            findings = f"--findings={below}/findings"
            request = [program, "--target=module", f"--module={reference}", findings]
            fixed = [*request, f"--scenario={ROOT}/bench/reference.json"]
            one = [program, "--target=write", f"--module={scripted}", findings]
            programs[kind, "empty"] = ([empty], EMPTY_RUNS)
            programs[kind, "request, code alone"] = ([*fixed, "--code-alone"], RUNS)
            programs[kind, "request"] = (fixed, RUNS)
            programs[kind, "any scenario"] = (request, RUNS)
            programs[kind, "write, code alone"] = ([*one, "--code-alone"], RUNS)
            programs[kind, "write"] = (one, RUNS)
        rates = {name: [] for name in programs}
        for _ in range(rounds):
            for name, (arguments, runs) in programs.items():
                rates[name].append(rate(arguments, runs))
    print("| target | build | executions per CPU-second | of empty | wanted |")
    print("|---|---|---|---|---|")
    for (kind, what), figures in rates.items():
        median = statistics.median(figures)
        share = 100 * median / statistics.median(rates[kind, "empty"])
        wanted = WANTED[kind][0 if "alone" in what else 1] * (1.5 if "write" in what else 1)
        verdict = "met" if share >= wanted else "MISSED"
        bar = "" if what in ("empty", "any scenario") else f"{wanted:.1f} %: {verdict}"
        print(f"| {what} | {kind} | {median:,.0f} ({min(figures):,.0f} to {max(figures):,.0f}) | "
              f"{share:.1f} % | {bar} |")


if __name__ == "__main__":
    main()
