#!/usr/bin/env python3
"""Compiles every header of the SDK by itself as the harness sees it, and all together in both
orders as a module does.

    headers_alone_test.py sdk-folder clang++ module.flags

A header that needs another one to come first fails. Exit status 0 when all compile.
"""
import concurrent.futures
import pathlib
import subprocess
import sys


def compile_headers(command, headers):
    source = "".join(f"#include <{header}>\n" for header in headers)
    run = subprocess.run(
        command + ["-x", "c++", "-fsyntax-only", "-"],
        input=source, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    return headers, run.returncode, run.stdout


def main():
    sdk, clang, flags = sys.argv[1:4]
    # -I, not -isystem, so that warnings in the headers count.
    harness = [clang, "-std=c++20", "-fms-extensions", "-Wall", "-Wextra", "-Werror"]
    harness += ["-Wno-ignored-attributes", "-Wno-overloaded-virtual", "-DNOMINMAX", "-I", sdk]
    module = [clang, "-Wall", "-Werror", f"@{flags}"]
    names = sorted(p.name for p in pathlib.Path(sdk).glob("*.h") if p.name != "pendulum_prelude.h")
    everything = names + ["msxml6.dll"]
    jobs = [(module, everything), (module, everything[::-1])]
    jobs += [(harness, [name]) for name in names]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for headers, status, output in pool.map(lambda job: compile_headers(*job), jobs):
            if status != 0:
                failed += 1
                print(f"does not compile: {' '.join(headers)}\n{output}")
    print(f"{len(jobs)} compilations, {failed} failed")
    return 1 if failed or len(names) < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
