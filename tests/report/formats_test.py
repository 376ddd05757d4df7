#!/usr/bin/env python3
"""Whether the reports in tests/baselines/ are valid JUnit and SARIF: what the formats' schemas and
the servers that read them ask for. That the program writes these texts night_test.cc sees to."""

import json
import os
import re
import sys
import unittest
import xml.etree.ElementTree as xml

BASELINES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "baselines")
SARIF = ("night.sarif", "verify.sarif")
JUNIT = ("night_junit.xml", "night_clean_junit.xml", "verify_junit.xml")


def read(name):
    with open(os.path.join(BASELINES, name), encoding="utf-8") as file:
        return file.read()


# Of each object of SARIF 2.1.0 that is written: the members that must be there, and all others that
# the schema knows, as name:type. A type is an object's name, [type] a list of it, or one of these.
LEAF = {
    "string": lambda value: isinstance(value, str),
    "text": lambda value: isinstance(value, str) and value != "",
    "count": lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    "number1": lambda value: isinstance(value, int) and value >= 1,
    "bool": lambda value: isinstance(value, bool),
    "uri": lambda value: isinstance(value, str) and is_uri_reference(value),
    "bag": lambda value: isinstance(value, dict),
    "strings": lambda value: isinstance(value, dict) and value != {} and
    all(isinstance(one, str) for one in value.values()),
    "level": lambda value: value in ("none", "note", "warning", "error"),
    "state": lambda value: value in ("new", "unchanged", "updated", "absent"),
    "importance": lambda value: value in ("important", "essential", "unimportant"),
    "suppressionKind": lambda value: value in ("inSource", "external"),
    "suppressionStatus": lambda value: value in ("accepted", "underReview", "rejected"),
    "columnKind": lambda value: value in ("utf16CodeUnits", "unicodeCodePoints"),
    "version": lambda value: value == "2.1.0",
    "semantic": lambda value: re.fullmatch(r"\d+\.\d+\.\d+", value) is not None,
}
OBJECTS = {
    "log": ("version:version runs:[run]", "$schema:uri properties:bag"),
    "run": ("tool:tool results:[result]",
            "invocations:[invocation] automationDetails:details originalUriBaseIds:bases "
            "columnKind:columnKind properties:bag"),
    "tool": ("driver:driver", ""),
    "driver": ("name:text",
               "version:text semanticVersion:semantic informationUri:uri rules:[rule]"),
    "rule": ("id:text", "name:text shortDescription:markdown fullDescription:markdown "
             "help:markdown helpUri:uri defaultConfiguration:configuration properties:bag"),
    "configuration": ("", "level:level"),
    "markdown": ("text:text", "markdown:string"),
    "message": ("text:text", "markdown:string"),
    "invocation": ("executionSuccessful:bool", "toolExecutionNotifications:[notification]"),
    "notification": ("message:message", "level:level"),
    "details": ("", "id:text description:message"),
    "base": ("", "uri:uri description:message"),
    "result": ("message:message",
               "ruleId:text ruleIndex:count level:level locations:[location] codeFlows:[codeFlow] "
               "partialFingerprints:strings occurrenceCount:number1 suppressions:[suppression] "
               "baselineState:state properties:bag"),
    "suppression": ("kind:suppressionKind", "status:suppressionStatus justification:string"),
    "location": ("", "physicalLocation:physical logicalLocations:[logical] message:message"),
    "physical": ("artifactLocation:artifact", "region:region"),
    "artifact": ("uri:uri", "uriBaseId:text"),
    "region": ("startLine:number1", "startColumn:number1 endLine:number1 endColumn:number1"),
    "logical": ("", "name:string fullyQualifiedName:string kind:string"),
    "codeFlow": ("threadFlows:[threadFlow]", "message:message"),
    "threadFlow": ("locations:[step]", "id:text message:message"),
    "step": ("", "location:location executionOrder:count importance:importance kinds:[text]"),
}
# Lists that may not be empty.
FILLED = {"threadFlows", "runs"}


def is_uri_reference(text):
    """RFC 3986, as far as its characters go."""
    return re.fullmatch(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-F]{2})*", text) is not None


def members(text):
    return dict(one.split(":") for one in text.split())


def complaints(value, kind, where):
    """What is wrong with a value, as "where: what"."""
    if kind.startswith("["):
        if not isinstance(value, list):
            yield f"{where}: is no list"
            return
        if not value and where.split(".")[-1] in FILLED:
            yield f"{where}: is empty"
        for i, one in enumerate(value):
            yield from complaints(one, kind[1:-1], f"{where}[{i}]")
    elif kind == "bases":
        for name, base in value.items():
            yield from complaints(base, "base", f"{where}.{name}")
    elif kind in LEAF:
        if not LEAF[kind](value):
            yield f"{where}: {value!r} is no {kind}"
    elif not isinstance(value, dict):
        yield f"{where}: is no object"
    else:
        required, optional = (members(text) for text in OBJECTS[kind])
        for name in required.keys() - value.keys():
            yield f"{where}: has no {name}"
        for name, one in value.items():
            known = required.get(name) or optional.get(name)
            if known is None:
                yield f"{where}: {name} is not known"
            else:
                yield from complaints(one, known, f"{where}.{name}")


def sarif_complaints(log):
    """What the schema and GitHub's code scanning have against a log."""
    found = list(complaints(log, "log", "log"))
    if found:
        return found
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        if len({rule["id"] for rule in rules}) != len(rules):
            found.append("a rule is there twice")
        for i, rule in enumerate(rules):
            for name in ("shortDescription", "fullDescription", "help", "defaultConfiguration"):
                if name not in rule:
                    found.append(f"rule {i} has no {name}")
        if len(run["results"]) > 25000 or len(rules) > 25000:
            found.append("there are too many")
        for i, result in enumerate(run["results"]):
            found += [f"result {i}: {what}" for what in result_complaints(result, rules)]
    return found


def result_complaints(result, rules):
    if result["ruleIndex"] >= len(rules) or rules[result["ruleIndex"]]["id"] != result["ruleId"]:
        yield "its rule is not where it says"
    if not result.get("partialFingerprints"):
        yield "it has no fingerprint"
    if len(result.get("locations", [])) != 1:
        yield "it has not one place"
    places = list(result.get("locations", []))
    for flow in result.get("codeFlows", []):
        orders = []
        for thread in flow["threadFlows"]:
            places += [step["location"] for step in thread["locations"]]
            own = [step["executionOrder"] for step in thread["locations"]]
            if own != sorted(own):
                yield "the steps of a thread are out of order"
            orders += own
        if sorted(orders) != list(range(1, len(orders) + 1)):
            yield "the steps are not numbered from 1"
    for place in places:
        physical = place.get("physicalLocation", {})
        if "region" not in physical:
            yield "a place has no line"
        elif "://" not in physical["artifactLocation"]["uri"] and \
                "uriBaseId" not in physical["artifactLocation"]:
            yield "a path is relative to nothing"


def junit_complaints(text):
    root = xml.fromstring(text)
    if root.tag != "testsuites":
        return ["the root is " + root.tag]
    found, sums = [], {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    names = set()
    for suite in root:
        counted = {"tests": len(suite.findall("testcase")),
                   "failures": len(suite.findall("testcase/failure")),
                   "errors": len(suite.findall("testcase/error")),
                   "skipped": len(suite.findall("testcase/skipped"))}
        for name, count in counted.items():
            sums[name] += count
            if int(suite.get(name, -1)) != count:
                found.append(f"{suite.get('name')}: {name} is {suite.get(name)}, counted {count}")
        for case in suite.findall("testcase"):
            key = (case.get("classname"), case.get("name"))
            if None in key or key in names:
                found.append(f"{key} is there twice or has no name")
            names.add(key)
    for name, count in sums.items():
        if int(root.get(name, -1)) != count:
            found.append(f"{name} is {root.get(name)}, counted {count}")
    if sums["tests"] == 0:
        found.append("there is no test")
    return found


class Sarif(unittest.TestCase):
    def test_is_valid(self):
        for name in SARIF:
            self.assertEqual(sarif_complaints(json.loads(read(name))), [], name)

    def test_states_and_suppressions_follow_the_life_cycle(self):
        found = {}
        for result in json.loads(read("night.sarif"))["runs"][0]["results"]:
            state = result["properties"]["lifeCycle"]
            found[state] = (result["baselineState"], len(result["suppressions"]))
        self.assertEqual(found, {"new": ("new", 0), "regression": ("new", 0),
                                 "confirmed": ("unchanged", 0), "known": ("unchanged", 1),
                                 "fixed": ("absent", 0)})

    def test_each_check_can_fail(self):
        def result(log, index=0):
            return log["runs"][0]["results"][index]

        def drop(value, name):
            del value[name]

        breaks = [
            lambda log: log.update(version="2.0.0"),
            lambda log: log.update(runs=[]),
            lambda log: drop(log["runs"][0], "tool"),
            lambda log: log["runs"][0]["tool"]["driver"]["rules"][0].update(helpUri="a b"),
            lambda log: drop(log["runs"][0]["tool"]["driver"]["rules"][0], "help"),
            lambda log: result(log).update(ruleIndex=1),
            lambda log: result(log).update(level="must"),
            lambda log: result(log).update(nonsense=1),
            lambda log: result(log).update(partialFingerprints={}),
            lambda log: result(log).update(locations=[]),
            lambda log: result(log).update(baselineState="old"),
            lambda log: result(log)["codeFlows"][0].update(threadFlows=[]),
            lambda log: result(log)["codeFlows"][0]["threadFlows"][0]["locations"].reverse(),
            lambda log: drop(result(log)["locations"][0]["physicalLocation"], "region"),
            lambda log: drop(result(log)["locations"][0]["physicalLocation"]["artifactLocation"],
                             "uriBaseId"),
        ]
        for i, change in enumerate(breaks):
            log = json.loads(read("night.sarif"))
            change(log)
            self.assertNotEqual(sarif_complaints(log), [], f"change {i}")


class Junit(unittest.TestCase):
    def test_is_valid(self):
        for name in JUNIT:
            self.assertEqual(junit_complaints(read(name)), [], name)

    def test_each_check_can_fail(self):
        text = read("night_junit.xml")
        self.assertNotEqual(junit_complaints(text.replace("failures=\"2\"", "failures=\"3\"")), [])
        self.assertNotEqual(junit_complaints(text.replace("name=\"runs\"", "", 1)), [])
        self.assertNotEqual(junit_complaints("<testsuites tests=\"0\"/>"), [])
        with self.assertRaises(xml.ParseError):
            junit_complaints(text.replace("&lt;", "<"))

    def test_texts_come_through_whole(self):
        """The hostile one: what XML can have is as it was, and the rest is replaced."""
        failures = xml.fromstring(read("night_junit.xml")).findall("testsuite/testcase/failure")
        hostile = ("</script><script>window.broken=1</script><img src=x "
                   "onerror=\"window.broken=1\">'\"&amp;]]>\ufffd\ufffd[31m\ufffd ünï/日本\n=2")
        self.assertIn(hostile, [failure.get("message") for failure in failures])

    def test_only_what_fails_a_night_fails(self):
        root = xml.fromstring(read("night_clean_junit.xml"))
        self.assertEqual((root.get("failures"), root.get("errors")), ("0", "0"))


if __name__ == "__main__":
    for path in sys.argv[1:]:
        # Files that a program has written, given on the command line.
        with open(path, encoding="utf-8") as given:
            text = given.read()
        wrong = junit_complaints(text) if text.startswith("<?xml") else \
            sarif_complaints(json.loads(text))
        for complaint in wrong:
            print(f"{path}: {complaint}")
        if wrong:
            sys.exit(1)
    if len(sys.argv) == 1:
        unittest.main()
