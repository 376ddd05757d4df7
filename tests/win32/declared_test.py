#!/usr/bin/env python3
"""Checks that every function that the SDK's headers declare is defined.

A function that is declared and defined nowhere would fail a module when it is loaded. Names what
is missing.

    declared_test.py COMPILER SOURCE_FOLDER LIBRARY...
"""

import json
import pathlib
import subprocess
import sys

# Defined by the host, by the module itself, or by the compiler.
ELSEWHERE = {"RegisterModule", "PendulumUnexpectedNotification"}
# What needs the module's own dialect, or brings the C++ library and no functions.
SKIPPED_HEADERS = {"atlbase.h", "atlcomcli.h", "comdef.h", "comip.h", "comutil.h",
                   "pendulum_prelude.h", "sal.h", "specstrings.h", "standard_headers.h"}


def headers(sdk):
    return sorted(path.name for path in sdk.glob("*.h") if path.name not in SKIPPED_HEADERS)


def syntax_tree(compiler, source_folder):
    sdk = source_folder / "harness" / "sdk"
    includes = "".join(f'#include "{name}"\n' for name in headers(sdk))
    command = [compiler, "-std=c++20", "-fms-extensions", "-w", "-DNOMINMAX", f"-I{sdk}",
               f"-I{source_folder}", "-fsyntax-only", "-Xclang", "-ast-dump=json", "-x", "c++", "-"]
    done = subprocess.run(command, input=includes, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"the SDK's headers do not compile together:\n{done.stderr}")
    return json.loads(done.stdout)


class Declarations:
    """The functions of C linkage without a body, and the header that declares each.

    Clang writes a file's name only where it differs from the one before, so the whole tree has to
    be walked in order.
    """

    def __init__(self, sdk):
        self.sdk = str(sdk)
        self.file = ""
        self.found = {}
        self.defined = set()

    def note_place(self, place):
        for key in ("spellingLoc", "expansionLoc"):
            if key in place:
                self.note_place(place[key])
        self.file = place.get("file", self.file)

    def walk(self, node, in_c=False):
        self.note_place(node.get("loc", {}))
        declared_in = self.file
        in_c = node.get("language") == "C" if node.get("kind") == "LinkageSpecDecl" else in_c
        span = node.get("range", {})
        self.note_place(span.get("begin", {}))
        self.note_place(span.get("end", {}))
        inner = node.get("inner", [])
        if node.get("kind") == "FunctionDecl" and in_c:
            has_body = any(child.get("kind") == "CompoundStmt" for child in inner)
            if has_body:
                self.defined.add(node["name"])
            elif declared_in.startswith(self.sdk) and not node.get("isImplicit"):
                # The name at link time, which winsock2.h sets apart from the name in the source.
                symbol = node.get("mangledName", node["name"]).lstrip("\x01")
                self.found[symbol] = pathlib.Path(declared_in).name
        for child in inner:
            self.walk(child, in_c)

    def missing(self, defined):
        known = defined | self.defined | ELSEWHERE
        return {name: header for name, header in self.found.items()
                if name not in known and not name.startswith("__builtin")}


def defined_symbols(libraries):
    done = subprocess.run(["nm", "--defined-only", *libraries], capture_output=True, text=True,
                          check=True)
    return {line.split()[-1] for line in done.stdout.splitlines() if len(line.split()) == 3}


def main():
    compiler, source_folder, *libraries = sys.argv[1:]
    source_folder = pathlib.Path(source_folder).resolve()
    sys.setrecursionlimit(100000)
    declarations = Declarations(source_folder / "harness" / "sdk")
    declarations.walk(syntax_tree(compiler, source_folder))
    if "pendulum_socket" not in declarations.found:
        sys.exit("socket has no name of its own at link time: a module would reach real sockets")
    if len(declarations.found) < 400:
        sys.exit(f"only {len(declarations.found)} declarations found: the test sees nothing")
    missing = declarations.missing(defined_symbols(libraries))
    for name, header in sorted(missing.items(), key=lambda item: (item[1], item[0])):
        print(f"{header}: {name} is declared and not defined")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
