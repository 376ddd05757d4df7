#!/usr/bin/env python3
"""Validates nightly.json with a standard JSON Schema validator, and shows what the schema refuses.

    nightly_schema_test.py SOURCE_FOLDER
"""

import copy
import json
import os
import sys
import unittest

import jsonschema

folder = sys.argv.pop(1)


def load(path):
    with open(os.path.join(folder, path), encoding="utf-8") as file:
        return json.load(file)


SCHEMA = load("harness/nightly/nightly.schema.json")


def complaints(instance):
    return [error.message
            for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(instance)]


class Schema(unittest.TestCase):
    def test_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def test_the_projects_own_is_valid_and_its_files_are_there(self):
        config = load("nightly.json")
        self.assertEqual(complaints(config), [])
        modules = [one for one in config["targets"] if "sources" in one] + config["canaries"]
        self.assertGreater(len(modules), 20)
        for module in modules:
            for source in module["sources"]:
                self.assertTrue(os.path.exists(os.path.join(folder, source)), source)

    def test_refuses(self):
        good = {"schema": "pendulum-nightly/1", "folders": {"output": "out"},
                "targets": [{"name": "echo", "sources": ["echo.cpp"]}, {"fuzz": "pipeline"}],
                "known": [{"rule": "R", "target": "echo", "owner": "a", "expires": "2026-12-31",
                           "reason": "b"}],
                "canaries": [{"rule": "R", "sources": ["a.cpp"]}]}
        self.assertEqual(complaints(good), [])
        for path, value in [(["schema"], "pendulum-nightly/2"), (["folders"], {}),
                            (["targets"], []), (["targets", 0, "share"], 0),
                            (["targets", 0, "name"], "a/b"), (["targets", 0, "sources"], ["-o"]),
                            (["targets", 1, "sources"], ["a.cpp"]),
                            (["known", 0, "expires"], "soon"), (["known", 0, "owner"], ""),
                            (["known", 0, "fingerprint"], "0" * 16),
                            (["canaries", 0, "sanitizer"], "memory"), (["note"], "x")]:
            bad = copy.deepcopy(good)
            place = bad
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = value
            self.assertNotEqual(complaints(bad), [], path)


if __name__ == "__main__":
    unittest.main()
