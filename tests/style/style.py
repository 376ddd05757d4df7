#!/usr/bin/env python3
"""Checks the rules of house style that clang-format and clang-tidy do not know.

    style.py ROOT      prints one line a violation, "file:line: [rule] what"; exit status 1 if any

Each rule is a function from a Tree to violations, and style_test.py shows that each can fail.
"""

import os
import re
import sys
from dataclasses import dataclass

FILE_LINES = 400
FUNCTION_LINES = 70
COLUMNS = 100

CODE = (".h", ".cc", ".cpp", ".cxx", ".c")
SCRIPTS = (".py", ".sh", ".cmake", "CMakeLists.txt", "x", ".ci/run")
TEXT = CODE + SCRIPTS + (".inc", ".md", ".json", ".txt", ".yml", ".yaml")
SKIPPED_FOLDERS = {".git", "build", "__pycache__", ".cache"}

# Folders whose results must not depend on the order of a hash table.
ORDERED_FOLDERS = {"sched", "host", "oracle", "trace", "explore", "report"}

# Tokens that make a run depend on something other than its scenario and schedule.
BANNED_EVERYWHERE = [
    (r"\bstd::random_device\b", "a random device"),
    (r"\bstd::\w+_distribution\b", "a distribution of the standard library, which varies with it"),
    (r"(?<![\w:.>])(?:std::|::)?s?rand\s*\(", "the C library's random numbers"),
    (r"(?<![\w:.>])(?:std::|::)?time\s*\(\s*(?:NULL|nullptr|0|&\w+)\s*\)", "the time of day"),
    (r"\bgettimeofday\b", "the time of day"),
    (r"\bsystem_clock\b|\bhigh_resolution_clock\b", "a clock"),
    (r"\bstd::this_thread\b", "the present thread"),
]
CLOCKS = r"\bsteady_clock\b|\bclock_gettime\b"
# Where real time is the subject: time limits on child processes and on whole searches.
CLOCK_READERS = ("harness/platform/", "harness/explore/supervisor", "bench/")
# Defines the clocks that modules see, over virtual time.
CLOCK_DEFINITIONS = "harness/win32/posix_clock.cc"


@dataclass(frozen=True, order=True)
class Violation:
    path: str
    line: int
    rule: str
    what: str

    def __str__(self):
        return f"{self.path}:{self.line}: [{self.rule}] {self.what}"


class Tree:
    """The text files under a folder, by their path relative to it."""

    def __init__(self, files):
        self.files = files
        self.bare = {path: strip(text) for path, text in files.items() if path.endswith(CODE)}

    @staticmethod
    def read(root):
        files = {}
        for folder, names, leaves in os.walk(root):
            names[:] = sorted(name for name in names if name not in SKIPPED_FOLDERS)
            for leaf in sorted(leaves):
                path = os.path.relpath(os.path.join(folder, leaf), root)
                if path.endswith(tuple(end for end in TEXT if end.startswith("."))) or \
                        os.path.basename(path) in TEXT or path in TEXT:
                    with open(os.path.join(root, path), encoding="utf-8",
                              errors="replace") as file:
                        files[path] = file.read()
        return Tree(files)

    def code(self, *prefixes):
        """The C++ files below the prefixes, without data that tests read."""
        return [path for path in self.bare
                if path.startswith(prefixes or ("",)) and not path.startswith("tests/data/")]

    def folders(self):
        """The folders directly in harness/."""
        return sorted({path.split("/")[1] for path in self.files
                       if path.startswith("harness/") and path.count("/") >= 2})


def strip(text):
    """The code without comments and without what stands in quotes; lines stay where they are."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![\w])\'(?:\\.|[^\'\\\n])+\'',
        re.DOTALL)

    def blank(match):
        found = match.group(0)
        # What is included is code: it is the quoted text that the rules are about.
        line_start = text.rfind("\n", 0, match.start()) + 1
        if found.startswith('"') and text[line_start:match.start()].replace(" ", "") == "#include":
            return found
        kept = "\n" * found.count("\n")
        return '""' + kept if found[0] in "\"R" else "0" + kept if found[0] == "'" else kept

    return pattern.sub(blank, text)


def violations_of(pattern, text):
    """The matches of a pattern, as (line, match)."""
    for match in re.finditer(pattern, text):
        yield text.count("\n", 0, match.start()) + 1, match


def check_file_length(tree):
    for path, text in tree.files.items():
        if (path in tree.code() or path.endswith(SCRIPTS)) and text.count("\n") > FILE_LINES:
            yield Violation(path, FILE_LINES + 1, "file-length",
                            f"{text.count(chr(10))} lines, and {FILE_LINES} are the most")


def is_json_line(path, line):
    """A line of JSON Lines inside a test: a trace cannot break its lines."""
    return path.startswith(("tests/", "bench/")) and re.match(r'\s*(?:R"\()?\{"', line)


def check_columns(tree):
    for path, text in tree.files.items():
        if path in tree.code() or path.endswith(SCRIPTS):
            for number, line in enumerate(text.split("\n"), 1):
                if len(line) > COLUMNS and not is_json_line(path, line):
                    yield Violation(path, number, "columns",
                                    f"{len(line)} columns, and {COLUMNS} are the most")


def is_function(head):
    """Whether a brace after this text opens the body of a function."""
    if re.match(r"\s*(?:\w+\s*::\s*)?(?:namespace|enum|extern)\b", head):
        return False
    flat, previous = head, None
    while flat != previous:
        previous, flat = flat, re.sub(r"\([^()]*\)", "@", flat)
    flat = re.sub(r"\boperator\s*[^\s\w@]+", "operator", flat)
    # An attribute's parentheses stand before the name of a class, a function's after its own.
    if re.match(r"\s*(?:template\b.*>\s*)?(?:class|struct|union)\b", flat, re.DOTALL) and \
            not re.search(r"@\s*(?:const\b|noexcept\b|override\b|\s)*$", flat):
        return False
    return "@" in flat and "=" not in flat


def functions(bare):
    """The outermost functions of a stripped file, as (first line, last line)."""
    bare = re.sub(r"^[ \t]*#(?:[^\n\\]|\\\n|\\.)*", lambda m: "\n" * m.group(0).count("\n"), bare,
                  flags=re.MULTILINE)
    found, heads, opened_at, head_start = [], [], None, 0
    for position, character in enumerate(bare):
        if character == "{":
            head = bare[head_start:position]
            if opened_at is None and is_function(head):
                opened_at = (len(heads), head_start + len(head) - len(head.lstrip()))
            heads.append(head_start)
            head_start = position + 1
        elif character == "}" and heads:
            before = heads.pop()
            # Braces that initialise a member belong to the head that goes on after them.
            goes_on = re.match(r"\s*[,{]", bare[position + 1:position + 80]) is not None
            head_start = before if goes_on else position + 1
            if opened_at is not None and opened_at[0] == len(heads) and not goes_on:
                found.append((bare.count("\n", 0, opened_at[1]) + 1,
                              bare.count("\n", 0, position) + 1))
            if opened_at is not None and opened_at[0] == len(heads):
                opened_at = None
        elif character == ";":
            head_start = position + 1
    return found


def check_function_length(tree):
    for path in tree.code():
        for first, last in functions(tree.bare[path]):
            if last - first + 1 > FUNCTION_LINES:
                yield Violation(path, first, "function-length",
                                f"{last - first + 1} lines, and {FUNCTION_LINES} are the most")


def dependency_table(readme):
    """What each folder of harness/ may use, from the table in harness/README.md."""
    table = {}
    for match in re.finditer(r"^\| `(\w+)/` \|[^|\n]*\|([^|\n]*)\|$", readme, re.MULTILINE):
        table[match.group(1)] = {name for name in re.findall(r"\w+", match.group(2))
                                 if name != "nothing"}
    return table


def check_dependencies(tree):
    table = dependency_table(tree.files.get("harness/README.md", ""))
    for folder in tree.folders():
        if folder not in table:
            yield Violation("harness/README.md", 1, "dependencies",
                            f"the table does not say what {folder} may use")
    sdk = {path.removeprefix("harness/sdk/") for path in tree.files
           if path.startswith("harness/sdk/")}
    for path in tree.code("harness/"):
        own = path.split("/")[1]
        if own == "sdk" or own not in table:
            continue
        for line, match in violations_of(r'(?m)^[ \t]*#[ \t]*include\s*(["<])([^">]+)[">]',
                                         tree.bare[path]):
            quote, target = match.groups()
            used = target.split("/")[1] if target.startswith("harness/") else None
            if used is None and target in sdk:
                used = "sdk"
            if used is not None and used != own and "everything" not in table[own] and \
                    used not in table[own]:
                yield Violation(path, line, "dependencies", f"{own} may not use {used} ({target})")
            if target.startswith("harness/") and target not in tree.files:
                yield Violation(path, line, "dependencies", f"there is no {target}")
            if target.startswith(("tests/", "../", "./")) or (quote == '"' and "/" not in target
                                                              and target not in sdk):
                yield Violation(path, line, "dependencies",
                                f"{target} is not named from the repository's root")


def check_include_guards(tree):
    for path in tree.code("harness/", "tests/", "fuzzers/", "bench/"):
        if not path.endswith(".h"):
            continue
        opening = re.search(r"^\s*#ifndef (\w+)\s*\n\s*#define (\w+)\s*$", tree.bare[path],
                            re.MULTILINE)
        if path.startswith("harness/sdk/"):
            # The documentation's own guards, or none where a header is meant to be read twice.
            continue
        name = re.sub(r"\W", "_", path.removeprefix("harness/")).upper()
        expected = f"PENDULUM_{name}_"
        if opening is None or opening.group(1) != opening.group(2):
            yield Violation(path, 1, "include-guard", f"there is no include guard {expected}")
        elif opening.group(1) != expected:
            yield Violation(path, 1, "include-guard", f"{opening.group(1)} should be {expected}")


def check_readmes(tree):
    for folder in tree.folders():
        if f"harness/{folder}/README.md" not in tree.files:
            yield Violation(f"harness/{folder}/README.md", 1, "readme", "is missing")


def check_banned_tokens(tree):
    for path in tree.code("harness/"):
        folder = path.split("/")[1]
        if folder == "sdk":
            continue
        banned = list(BANNED_EVERYWHERE)
        if path == CLOCK_DEFINITIONS:
            banned = [one for one in banned if one[1] != "the time of day"]
        elif not path.startswith(CLOCK_READERS):
            banned.append((CLOCKS, "a clock"))
        if folder in ORDERED_FOLDERS:
            banned.append((r"\bunordered_(?:multi)?(?:map|set)\b",
                           "a container whose order is not defined"))
        for pattern, what in banned:
            for line, match in violations_of(pattern, tree.bare[path]):
                yield Violation(path, line, "determinism", f"{match.group(0).strip()} is {what}")


def check_unfinished(tree):
    for path, text in tree.files.items():
        for line, match in violations_of(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b", text):
            yield Violation(path, line, "unfinished", f"{match.group(0)} is left in")


def check_stands_alone(tree):
    outside = (r"\.\./sha" r"red\b"
               r"|\bsha" r"red/(?:iis-docs|abi|design|normative|observed|perform|win32)"
               r"|\.libr" r"ary/|/wo" r"rk/main|/tmp/br" r"ief")
    for path, text in tree.files.items():
        for line, match in violations_of(outside, text):
            yield Violation(path, line, "stands-alone", f"{match.group(0)} is outside the project")


def check_everything_is_built(tree):
    for path in tree.code("harness/", "tests/"):
        if not path.endswith(".cc"):
            continue
        lists, folder = "", os.path.dirname(path)
        while folder:
            lists += tree.files.get(f"{folder}/CMakeLists.txt", "")
            folder = os.path.dirname(folder)
        if not re.search(rf"(?<![\w-]){re.escape(os.path.basename(path))}(?!\w)", lists):
            yield Violation(path, 1, "not-built", "no CMakeLists.txt names it")


RULES = [
    check_file_length, check_columns, check_function_length, check_dependencies,
    check_include_guards, check_readmes, check_banned_tokens, check_unfinished, check_stands_alone,
    check_everything_is_built,
]


def check(tree):
    return sorted(violation for rule in RULES for violation in rule(tree))


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: style.py ROOT")
    tree = Tree.read(sys.argv[1])
    if not tree.code("harness/"):
        sys.exit(f"{sys.argv[1]} has no code in harness/: nothing was checked")
    violations = check(tree)
    for violation in violations:
        print(violation)
    print(f"{len(tree.files)} files, {len(violations)} violations")
    sys.exit(1 if violations else 0)


if __name__ == "__main__":
    main()
