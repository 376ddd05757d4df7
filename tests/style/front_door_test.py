#!/usr/bin/env python3
"""What `./x` says and returns on machines that this one is not.

Each test runs a copy of `x` in a folder of its own, with a PATH that has only what the test gives
it: no real package manager and no real build is reached.
"""

import os
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TOOLS = ("bash", "env", "cat", "comm", "dirname", "find", "flock", "grep", "mkdir", "nproc",
         "printf", "readlink", "sed", "sort", "xargs")
NOTHING_INSTALLED = "exit 1"


def everything_installed():
    """A dpkg-query that knows every package it is asked for."""
    return 'shift 3; for package; do echo "$package installed"; done'


class FrontDoor(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.tools = os.path.join(self.folder, "tools")
        os.mkdir(self.tools)
        for tool in TOOLS:
            os.symlink(shutil.which(tool), os.path.join(self.tools, tool))
        shutil.copy(os.path.join(ROOT, "x"), self.folder)

    def stub(self, name, script):
        path = os.path.join(self.tools, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\n{script}\n")
        os.chmod(path, 0o755)

    def log(self, name, then="exit 0"):
        """A stub that notes how it was called."""
        self.stub(name, f'echo "{name} $*" >> "{self.folder}/log"\n{then}')

    def logged(self):
        path = os.path.join(self.folder, "log")
        if not os.path.exists(path):
            return ""
        with open(path, encoding="utf-8") as file:
            return file.read()

    def run_x(self, *arguments):
        environment = {"PATH": self.tools, "HOME": self.folder}
        return subprocess.run([os.path.join(self.folder, "x"), *arguments], env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                              check=False, cwd="/")

    def test_help_needs_nothing(self):
        done = self.run_x("help")
        self.assertEqual(done.returncode, 0)
        for command in ("build", "verify", "test", "format", "tidy", "bench"):
            self.assertIn(f"./x {command}", done.stdout)

    def test_wrong_command_lines(self):
        for arguments, said in ((["frobnicate"], "no command frobnicate"),
                                (["build", "fastest"], "no preset fastest"),
                                (["build", "dev", "release"], "one preset"),
                                (["format", "--fix"], "--check"), (["test", "fuzz"], "no tests"),
                                (["test", "optimized"], "no tests"),
                                (["bench", "--fuzz-times"], "mutants or modules")):
            with self.subTest(arguments=arguments):
                done = self.run_x(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertIn(said, done.stderr)

    def test_packages_are_missing_and_there_is_no_apt_get(self):
        self.stub("dpkg-query", NOTHING_INSTALLED)
        self.stub("id", "echo 0")
        done = self.run_x("build")
        self.assertEqual(done.returncode, 3)
        self.assertIn("there is no apt-get", done.stderr)
        self.assertIn("apt-get install", done.stderr)
        self.assertIn("libboost-context-dev", done.stderr)

    def test_packages_are_missing_and_sudo_asks_for_a_password(self):
        self.stub("dpkg-query", NOTHING_INSTALLED)
        self.stub("id", "echo 1000")
        self.stub("sudo", "exit 1")
        self.log("apt-get")
        done = self.run_x("build")
        self.assertEqual(done.returncode, 3)
        self.assertIn("needs root", done.stderr)
        self.assertEqual(self.logged(), "")

    def test_only_what_is_missing_is_installed_and_nothing_is_asked(self):
        self.stub("dpkg-query", everything_installed() + " | grep -v '^libfmt-dev '")
        self.stub("id", "echo 0")
        self.log("apt-get", then='[ "$DEBIAN_FRONTEND" = noninteractive ]')
        self.log("cmake", then="exit 1")
        done = self.run_x("build")
        self.assertIn("installing libfmt-dev\n", done.stderr)
        self.assertIn("apt-get install -y --no-install-recommends libfmt-dev\n", self.logged())
        self.assertNotIn("apt-get update", self.logged())

    def test_the_package_lists_are_fetched_when_an_installation_fails(self):
        self.stub("dpkg-query", everything_installed() + " | grep -v '^libfmt-dev '")
        self.stub("id", "echo 0")
        self.log("apt-get", then='[ "$1" = update ]')
        done = self.run_x("build")
        self.assertEqual(done.returncode, 3)
        self.assertIn("could not be installed", done.stderr)
        self.assertEqual(self.logged().count("apt-get install"), 2)
        self.assertEqual(self.logged().count("apt-get update"), 1)

    def test_no_debian_and_no_tools(self):
        done = self.run_x("build")
        self.assertEqual(done.returncode, 3)
        self.assertIn("cmake is missing", done.stderr)

    def test_a_build_that_fails_is_not_a_finding(self):
        self.stub("dpkg-query", everything_installed())
        self.log("cmake", then="exit 1")
        done = self.run_x("verify", "module.cpp")
        self.assertEqual(done.returncode, 3)
        self.assertIn("cmake --preset release", self.logged())
        self.assertEqual(done.stdout, "")

    def test_verify_passes_on_arguments_folder_and_status(self):
        self.stub("dpkg-query", everything_installed())
        self.stub("cmake", "exit 0")
        release = os.path.join(self.folder, "build", "release")
        os.makedirs(release)
        program = os.path.join(release, "pendulum")
        with open(program, "w", encoding="utf-8") as file:
            file.write('#!/bin/sh\nprintf "[%s]" "$(pwd)" "$@"\nexit 4\n')
        os.chmod(program, 0o755)
        done = self.run_x("verify", "my module.cpp", "--json", "-")
        self.assertEqual(done.returncode, 4)
        self.assertEqual(done.stdout, "[/][verify][my module.cpp][--json][-]")


if __name__ == "__main__":
    unittest.main()
