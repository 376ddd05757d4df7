#!/usr/bin/env python3
"""The build checks of OSS-Fuzz and ClusterFuzzLite, without a container.

    oss_fuzz_check.py [--engine libfuzzer|afl] [--sanitizer address|undefined] WORK_FOLDER

Runs .clusterfuzzlite/build.sh with the flags that the platform gives, moves what came of it to
another folder, and tries every target there. Exit status 1 when more than a tenth of them is
broken or there is none, 3 when the build fails. Without AFL++ its part is left out, and said so.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
COMMON = "-O1 -fno-omit-frame-pointer -gline-tables-only -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION"
CHECKS = ("array-bounds,bool,builtin,enum,integer-divide-by-zero,null,object-size,return,"
          "returns-nonnull-attribute,shift,signed-integer-overflow,unreachable,vla-bound,vptr")
SANITIZERS = {
    "address": "-fsanitize=address -fsanitize-address-use-after-scope",
    "undefined": f"-fsanitize={CHECKS} -fno-sanitize-recover={CHECKS}",
}
AFL_DRIVER = "/usr/lib/afl/libAFLDriver.a"
# What the image that runs the targets has.
LIBRARIES = ("linux-vdso", "libc.so", "libm.so", "libdl.so", "librt.so", "libpthread.so",
             "ld-linux", "libstdc++.so", "libgcc_s.so", "libresolv.so")
FEWEST_EDGES = 100
# Calls of the sanitizers' run-time libraries: fewest of its own, most of the other.
ASAN_FEWEST, UBSAN_IN_ASAN_MOST, UBSAN_FEWEST = 1000, 200, 168


def environment(engine, sanitizer, out, work):
    flags = f"{COMMON} {SANITIZERS[sanitizer]}"
    if engine == "libfuzzer":
        flags += " -fsanitize=fuzzer-no-link"
    given = {
        "OUT": out, "WORK": work, "SRC": os.path.dirname(ROOT), "PENDULUM_SOURCE": ROOT,
        "CC": "clang" if engine == "libfuzzer" else "afl-clang-fast",
        "CXX": "clang++" if engine == "libfuzzer" else "afl-clang-fast++",
        "CFLAGS": flags, "CXXFLAGS": flags, "SANITIZER": sanitizer, "FUZZING_ENGINE": engine,
        "LIB_FUZZING_ENGINE": "-fsanitize=fuzzer" if engine == "libfuzzer" else AFL_DRIVER,
        "ARCHITECTURE": os.uname().machine, "AFL_QUIET": "1",
    }
    return {**os.environ, **given}


def run(command, **more):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", timeout=300, check=False, **more)
    return done.returncode, done.stdout


def contents_of(path):
    with open(path, "rb") as file:
        return file.read()


def is_target(path):
    return os.path.isfile(path) and os.access(path, os.X_OK) and \
        b"LLVMFuzzerTestOneInput" in contents_of(path)


def check_binary(path, sanitizer):
    """What is wrong with the program as a file."""
    name = os.path.basename(path)
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name) or name.startswith("afl-"):
        yield "its name is not one of letters, digits, _ and -"
    machines = {"x86_64": 62, "aarch64": 183}
    if int.from_bytes(contents_of(path)[18:20], "little") != machines.get(os.uname().machine):
        yield "it is for another machine"
    for line in run(["ldd", path])[1].splitlines():
        library = line.split()[0] if line.split() else ""
        if not os.path.basename(library).startswith(LIBRARIES):
            yield f"it needs {library}, which is not there at run time"
    calls = run(["objdump", "-d", "--no-show-raw-insn", path])[1]
    asan = len(re.findall(r"call\S*\s.*<__asan_", calls))
    ubsan = len(re.findall(r"call\S*\s.*<__ubsan_", calls))
    if sanitizer == "address" and asan < ASAN_FEWEST:
        yield f"{asan} calls of AddressSanitizer: it is hardly instrumented"
    if sanitizer == "address" and ubsan > UBSAN_IN_ASAN_MOST:
        yield f"{ubsan} calls of UndefinedBehaviorSanitizer in a build for AddressSanitizer"
    if sanitizer == "undefined" and ubsan < UBSAN_FEWEST:
        yield f"{ubsan} calls of UndefinedBehaviorSanitizer: it is hardly instrumented"


def seeds_of(path, folder):
    archive = path + "_seed_corpus.zip"
    if not os.path.exists(archive):
        return 0
    with zipfile.ZipFile(archive) as seeds:
        seeds.extractall(folder)
        return len(seeds.namelist())


def check_libfuzzer(path, scratch):
    """What is wrong with it when it runs; nothing but /tmp may be written to."""
    status, text = run([path, "-runs=4", "-seed=1337"], cwd=scratch)
    if status != 0 or not re.search(r"Done 4 runs", text):
        yield "four runs did not come to their end: " + text[-300:]
        return
    if "no interesting inputs" in text:
        yield "it is not instrumented"
    edges = re.search(r"\((\d+) inline 8-bit counters\)", text)
    if edges is None or int(edges.group(1)) < FEWEST_EDGES:
        yield "less than a hundred edges: only a part is instrumented"
    seeds = os.path.join(scratch, "seeds")
    if seeds_of(path, seeds) > 0:
        status, text = run([path, "-runs=0", "-rss_limit_mb=2560", "-timeout=25", seeds],
                           cwd=scratch)
        if status != 0:
            yield "a seed ends it: " + text[-300:]


def check_afl(path, scratch):
    seeds = os.path.join(scratch, "seeds")
    if seeds_of(path, seeds) == 0:
        os.makedirs(seeds)
        with open(os.path.join(seeds, "seed"), "w", encoding="utf-8") as file:
            file.write("seed")
    seed = os.path.join(seeds, sorted(os.listdir(seeds))[0])
    shown = os.path.join(scratch, "map")
    status, text = run(["afl-showmap", "-q", "-m", "none", "-t", "25000", "-o", shown, "--", path,
                        seed], cwd=scratch)
    edges = len(contents_of(shown).splitlines()) if os.path.exists(shown) else 0
    if status != 0 or edges < 10:
        yield f"one seed shows {edges} edges (status {status}): {text[-300:]}"


def check_names(out, targets):
    """A corpus, dictionary or options that belongs to no target is ignored without a word."""
    for name in sorted(os.listdir(out)):
        for end in ("_seed_corpus.zip", ".dict", ".options"):
            if name.endswith(end) and name.removesuffix(end) not in targets:
                yield f"{name} belongs to no target"
        if name.endswith(".zip") and not name.endswith("_seed_corpus.zip"):
            yield f"{name} is not named as the platform expects"


def check(engine, sanitizer, work):
    """Returns how many targets there are, and how many are broken."""
    built = os.path.join(work, f"out-{engine}-{sanitizer}")
    shutil.rmtree(built, ignore_errors=True)
    os.makedirs(built)
    done = subprocess.run([os.path.join(ROOT, ".clusterfuzzlite", "build.sh")],
                          env=environment(engine, sanitizer, built, work), stdout=sys.stderr,
                          check=False)
    if done.returncode != 0:
        sys.exit(3)
    with tempfile.TemporaryDirectory(prefix="pendulum-moved-") as moved:
        out = os.path.join(moved, "out")
        shutil.move(built, out)
        targets = sorted(name for name in os.listdir(out) if is_target(os.path.join(out, name)))
        broken = 0
        for target in targets:
            path = os.path.join(out, target)
            with tempfile.TemporaryDirectory(dir=moved) as scratch:
                wrong = list(check_binary(path, sanitizer))
                wrong += (check_libfuzzer if engine == "libfuzzer" else check_afl)(path, scratch)
            print(f"{engine} {sanitizer} {target}: {'; '.join(wrong) or 'good'}", flush=True)
            broken += 1 if wrong else 0
        misnamed = list(check_names(out, targets))
        for what in misnamed:
            print(f"{engine} {sanitizer}: {what}")
    return len(targets), broken + len(misnamed)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--engine", choices=("libfuzzer", "afl"))
    parser.add_argument("--sanitizer", choices=tuple(SANITIZERS))
    parser.add_argument("work")
    arguments = parser.parse_args()
    work = os.path.abspath(arguments.work)
    failed = False
    for engine, sanitizer in (("libfuzzer", "address"), ("libfuzzer", "undefined"),
                              ("afl", "address")):
        if arguments.engine not in (None, engine) or arguments.sanitizer not in (None, sanitizer):
            continue
        if engine == "afl" and not (shutil.which("afl-clang-fast++") and
                                    os.path.exists(AFL_DRIVER)):
            print("afl: left out, AFL++ is not installed (apt-get install afl++)")
            continue
        targets, broken = check(engine, sanitizer, work)
        print(f"{engine} {sanitizer}: {targets} targets, {broken} broken")
        failed = failed or targets == 0 or broken * 10 > targets
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
