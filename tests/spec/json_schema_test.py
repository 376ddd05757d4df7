#!/usr/bin/env python3
"""Validates the files of spec/ with a standard JSON Schema validator, and shows that each schema
refuses what it should.

    json_schema_test.py SPEC_FOLDER
"""

import copy
import glob
import json
import os
import sys
import unittest

import jsonschema

folder = sys.argv.pop(1)
OTHER_FILES = {"statements.json", "not-checked.json", "documentation.json"}


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def validator(name):
    schema = load(os.path.join(folder, "schema", f"{name}.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def complaints(name, instance):
    return [error.message for error in validator(name).iter_errors(instance)]


class Schemas(unittest.TestCase):
    def accepts(self, name, file):
        self.assertEqual(complaints(name, load(os.path.join(folder, file))), [], file)

    def refuses(self, name, instance, part):
        found = complaints(name, instance)
        self.assertTrue(any(part in complaint for complaint in found), f"{part}: {found}")

    def test_files_are_valid(self):
        self.accepts("statements", "statements.json")
        self.accepts("not-checked", "not-checked.json")
        self.accepts("documentation", "documentation.json")
        clauses = [os.path.basename(path) for path in glob.glob(os.path.join(folder, "*.json"))]
        clauses = sorted(set(clauses) - OTHER_FILES)
        self.assertGreater(len(clauses), 5)
        for file in clauses:
            self.accepts("specification", file)

    def test_statements(self):
        good = {"id": "A-01", "page": "a.md", "section": "Remarks", "statement": "It is so.",
                "subject": "host", "kind": "bytes", "testable": True, "why_not": None,
                "ambiguity": None}
        self.assertEqual(complaints("statements", [good]), [])
        for key in good:
            self.refuses("statements", [{k: v for k, v in good.items() if k != key}],
                         "is a required property")
        for key, value, part in [("id", "a", "does not match"),
                                 ("page", "a.html", "does not match"),
                                 ("subject", "nobody", "is not one of"),
                                 ("kind", "other", "is not one of"),
                                 ("testable", False, "is not of type 'string'"),
                                 ("why_not", "because", "is not of type 'null'"),
                                 ("note", "x", "Additional properties")]:
            self.refuses("statements", [dict(good, **{key: value})], part)

    def test_not_checked(self):
        good = {"schema": "pendulum-not-checked/1",
                "statements": [{"id": "A-01", "reason": "nobody can see it"}]}
        self.assertEqual(complaints("not-checked", good), [])
        for path, value, part in [("reason", " ", "does not match"),
                                  ("reason", None, "is not of type"),
                                  ("because", "x", "Additional properties")]:
            bad = copy.deepcopy(good)
            bad["statements"][0][path] = value
            self.refuses("not-checked", bad, part)
        self.refuses("not-checked", dict(good, schema="pendulum-not-checked/2"), "was expected")

    def test_documentation(self):
        good = {"schema": "pendulum-documentation/1", "commit": "0123456",
                "pages": {"a.md": {"guid": "", "sections": {"Remarks": "0" * 32}}}}
        self.assertEqual(complaints("documentation", good), [])
        self.refuses("documentation", dict(good, commit=""), "does not match")
        self.refuses("documentation", dict(good, pages={}), "enough properties")
        bad = copy.deepcopy(good)
        bad["pages"]["a.md"]["sections"]["Remarks"] = "text"
        self.refuses("documentation", bad, "does not match")

    def test_specification(self):
        good = load(os.path.join(folder, "read.json"))
        for key, value, part in [("subject", "nobody", "is not one of"),
                                 ("level", "perhaps", "is not one of"),
                                 ("title", "It ends.", "does not match"),
                                 ("id", "read-1", "does not match"),
                                 ("on", "nothing", "is not valid"),
                                 ("severity", 1, "Additional properties")]:
            bad = copy.deepcopy(good)
            bad["clauses"][0][key] = value
            self.refuses("specification", bad, part)


if __name__ == "__main__":
    unittest.main()
