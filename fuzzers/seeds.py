#!/usr/bin/env python3
"""Writes seeds for specification_fuzzer: a small specification for each clause of a folder.

    seeds.py SPEC_FOLDER CORPUS_FOLDER

A mutation of a whole file of spec/ hardly ever gets past its first mistake; small texts are tried
thousands of times a second.
"""

import json
import os
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, corpus = sys.argv[1:]
    os.makedirs(corpus, exist_ok=True)
    written = 0
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".json"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            content = json.load(file)
        if "clauses" not in content:
            continue
        for clause in content["clauses"]:
            seed = {"schema": content["schema"], "clauses": [clause]}
            leaf = clause["id"].replace("/", "-") + ".json"
            with open(os.path.join(corpus, leaf), "w", encoding="utf-8") as file:
                json.dump(seed, file, ensure_ascii=False)
            written += 1
    print(f"{written} seeds")
    sys.exit(0 if written else 1)


if __name__ == "__main__":
    main()
