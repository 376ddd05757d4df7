#!/usr/bin/env python3
"""Shows for each rule of style.py a sample that it passes and one that it reports."""

import os
import tempfile
import unittest

import style

TABLE = """
| folder | what lives there | may use |
|---|---|---|
| `sched/` | Workers. | platform |
| `platform/` | POSIX. | nothing |
| `cli/` | The program. | everything |
| `sdk/` | Headers. | nothing |
| `win32/` | Locks. | sched, sdk |
"""


def lines_reported(rule, files):
    """The (path, line) pairs that a rule reports in a tree of the given files."""
    return [(violation.path, violation.line) for violation in rule(style.Tree(files))]


def function_of(lines, head="int Sum(int a, int b)"):
    return head + " {\n" + "  Step();\n" * (lines - 2) + "}\n"


class FileLength(unittest.TestCase):
    def test_the_longest_file_allowed(self):
        self.assertEqual(lines_reported(style.check_file_length, {"x.cc": "\n" * 400}), [])

    def test_a_line_more(self):
        self.assertEqual(lines_reported(style.check_file_length, {"x.cc": "\n" * 401}),
                         [("x.cc", 401)])


class Columns(unittest.TestCase):
    def test_the_widest_line_allowed(self):
        self.assertEqual(lines_reported(style.check_columns, {"x.py": "é" * 100}), [])

    def test_lines_of_a_trace_in_a_test(self):
        line = '  R"({"event": "' + "a" * 100 + '"})"'
        self.assertEqual(lines_reported(style.check_columns, {"tests/a_test.cc": line}), [])
        self.assertEqual(lines_reported(style.check_columns, {"harness/a/b.cc": line}),
                         [("harness/a/b.cc", 1)])

    def test_a_column_more(self):
        self.assertEqual(lines_reported(style.check_columns, {"x.py": "\n" + "a" * 101}),
                         [("x.py", 2)])


class FunctionLength(unittest.TestCase):
    def reported(self, text):
        return lines_reported(style.check_function_length, {"harness/a/b.cc": text})

    def test_the_longest_function_allowed(self):
        self.assertEqual(self.reported(function_of(70)), [])

    def test_a_line_more(self):
        self.assertEqual(self.reported("\n" + function_of(71)), [("harness/a/b.cc", 2)])

    def test_where_functions_stand(self):
        for head in ("Host::Host(int a) : a_(a), b_{a}, c_()", "TEST(HostTest, Serves)",
                     "bool operator==(const Host& other) const", "auto Get() const -> int",
                     "void Take(int a = 3)", "HRESULT __stdcall Send(int a) noexcept override"):
            with self.subTest(head=head):
                self.assertEqual(len(self.reported(function_of(71, head))), 1)
                inside = "namespace a::b {\nclass C : public D {\n"
                inside += function_of(71, head) + "};\n}"
                self.assertEqual(self.reported(inside), [("harness/a/b.cc", 3)])

    def test_lines_of_a_lambda_count_for_its_function(self):
        text = "void F() {\n" + function_of(70, "auto g = []()") + "}"
        self.assertEqual(len(self.reported(text)), 1)

    def test_what_is_no_function(self):
        for head in ("namespace a", "class Host : public Base",
                     "struct __declspec(uuid(\"1\")) Host", "enum class Kind",
                     "constexpr int kTable[] =", "extern \"C\""):
            with self.subTest(head=head):
                self.assertEqual(self.reported(function_of(90, head)), [])

    def test_braces_in_text_and_comments_do_not_count(self):
        text = "void F() {\n" + "  Say(\"}\");  // }\n  c = '}';\n" * 40 + "}\n"
        self.assertEqual(self.reported(text), [("harness/a/b.cc", 1)])

    def test_two_functions_are_not_one(self):
        self.assertEqual(self.reported(function_of(60) + "\n" + function_of(60)), [])


class Dependencies(unittest.TestCase):
    def reported(self, path, include):
        files = {"harness/README.md": TABLE, "harness/platform/result.h": "",
                 "harness/sched/fiber.h": "", "harness/sdk/windows.h": "",
                 "harness/win32/lock.h": "", path: f"\n{include}\n"}
        return lines_reported(style.check_dependencies, files)

    def test_what_is_allowed(self):
        for path, include in (
                ("harness/sched/a.cc", '#include "harness/platform/result.h"'),
                ("harness/sched/a.cc", '#include "harness/sched/fiber.h"'),
                ("harness/win32/a.cc", "#include <windows.h>"),
                ("harness/cli/a.cc", '#include "harness/win32/lock.h"'),
                ("harness/sched/a.cc", "// #include <windows.h>"),
                ("harness/sched/a.cc", "#include <vector>")):
            with self.subTest(path=path, include=include):
                self.assertEqual(self.reported(path, include), [])

    def test_what_is_not(self):
        for path, include in (
                ("harness/platform/a.cc", '#include "harness/sched/fiber.h"'),
                ("harness/sched/a.cc", "#include <windows.h>"),
                ("harness/sched/a.cc", '#  include "windows.h"'),
                ("harness/sched/a.cc", '#include "harness/sched/missing.h"'),
                ("harness/sched/a.cc", '#include "fiber.h"'),
                ("harness/sched/a.cc", '#include "../platform/result.h"'),
                ("harness/sched/a.cc", '#include "tests/sched/helper.h"')):
            with self.subTest(path=path, include=include):
                self.assertIn((path, 2), self.reported(path, include))

    def test_a_folder_that_the_table_does_not_have(self):
        self.assertEqual(self.reported("harness/other/a.cc", ""), [("harness/README.md", 1)])


class IncludeGuards(unittest.TestCase):
    def reported(self, path, text):
        return lines_reported(style.check_include_guards, {path: text})

    def test_the_guard_of_the_file(self):
        text = "#ifndef PENDULUM_SCHED_FIBER_H_\n#define PENDULUM_SCHED_FIBER_H_\n#endif\n"
        self.assertEqual(self.reported("harness/sched/fiber.h", text), [])
        self.assertEqual(len(self.reported("harness/sched/worker.h", text)), 1)

    def test_no_guard(self):
        self.assertEqual(len(self.reported("harness/sched/fiber.h", "int a;\n")), 1)

    def test_two_names_in_one_guard(self):
        text = "#ifndef PENDULUM_SCHED_FIBER_H_\n#define PENDULUM_SCHED_FIBRE_H_\n#endif\n"
        self.assertEqual(len(self.reported("harness/sched/fiber.h", text)), 1)


class Readmes(unittest.TestCase):
    def test_a_folder_with_and_one_without(self):
        files = {"harness/sched/a.cc": "", "harness/sched/README.md": "", "harness/host/a.cc": ""}
        self.assertEqual(lines_reported(style.check_readmes, files),
                         [("harness/host/README.md", 1)])


class BannedTokens(unittest.TestCase):
    def reported(self, path, text):
        return lines_reported(style.check_banned_tokens, {path: "\n" + text})

    def test_each_token(self):
        for text in ("std::random_device seed;", "std::uniform_int_distribution<int> d;",
                     "int a = rand();", "srand (3);", "auto now = time(nullptr);",
                     "std::time(&now);", "gettimeofday(&now, nullptr);",
                     "auto now = std::chrono::steady_clock::now();",
                     "clock_gettime(CLOCK_REALTIME, &now);", "std::chrono::system_clock::now();",
                     "std::this_thread::yield();", "std::unordered_map<int, int> m;",
                     "#include <unordered_set>"):
            with self.subTest(text=text):
                self.assertEqual(self.reported("harness/host/a.cc", text),
                                 [("harness/host/a.cc", 2)])

    def test_what_only_looks_like_one(self):
        for text in ("// std::random_device", "Say(\"rand()\");", "operand(1);", "virtual_time(0);",
                     "clock.time(now);", "int rand_seed = 1;"):
            with self.subTest(text=text):
                self.assertEqual(self.reported("harness/host/a.cc", text), [])

    def test_where_a_clock_and_a_hash_table_are_allowed(self):
        clock = "auto now = std::chrono::steady_clock::now();"
        for path in ("harness/platform/a.cc", "harness/explore/supervisor.cc",
                     "bench/a_bench.cc"):
            self.assertEqual(self.reported(path, clock), [])
        self.assertEqual(self.reported("harness/win32/posix_clock.cc", "gettimeofday(&now);"), [])
        table = "std::unordered_map<int, int> m;"
        self.assertEqual(self.reported("harness/module/a.cc", table), [])


class Unfinished(unittest.TestCase):
    def test_each_word(self):
        for word in ("TO" "DO", "FIX" "ME", "XX" "X"):
            files = {"README.md": f"fine\n{word}: later\n"}
            self.assertEqual(lines_reported(style.check_unfinished, files), [("README.md", 2)])

    def test_words_that_contain_one(self):
        self.assertEqual(lines_reported(style.check_unfinished, {"a.md": "XX" "XX TO" "DOS\n"}), [])


class StandsAlone(unittest.TestCase):
    def test_each_place(self):
        for place in ("../sha" "red/x", "sha" "red/abi/httpserv-abi.json",
                      "sha" "red/iis-docs/a.md"):
            files = {"spec/write.json": f"\n{place}"}
            self.assertEqual(len(lines_reported(style.check_stands_alone, files)), 1)

    def test_shared_as_a_word(self):
        self.assertEqual(lines_reported(style.check_stands_alone, {"a.md": "a shared object"}), [])


class EverythingIsBuilt(unittest.TestCase):
    def reported(self, lists):
        files = {"tests/sched/CMakeLists.txt": lists, "tests/sched/fiber_test.cc": ""}
        return lines_reported(style.check_everything_is_built, files)

    def test_a_source_that_is_named(self):
        self.assertEqual(self.reported("SOURCES fiber_test.cc"), [])

    def test_a_source_that_is_not(self):
        self.assertEqual(self.reported("SOURCES other_fiber_test.cc"),
                         [("tests/sched/fiber_test.cc", 1)])


class WholeTree(unittest.TestCase):
    def test_files_are_found_and_build_folders_are_not(self):
        with tempfile.TemporaryDirectory() as root:
            for path in ("harness/a/b.cc", "build/dev/c.cc", "x", "picture.png"):
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                    file.write("\t" * 101)
            tree = style.Tree.read(root)
        self.assertEqual(sorted(tree.files), ["harness/a/b.cc", "x"])
        self.assertIn(("harness/a/b.cc", "columns"),
                      {(violation.path, violation.rule) for violation in style.check(tree)})

    def test_every_rule_is_in_use(self):
        written = {name for name in dir(style) if name.startswith("check_")}
        self.assertEqual({rule.__name__ for rule in style.RULES}, written)


if __name__ == "__main__":
    unittest.main()
