#!/usr/bin/env python3
"""Makes the inputs that fuzzing begins with: corpus/<target>/, named by their hash.

    make_seeds.py PENDULUM SOURCE_FOLDER CORPUS_FOLDER

For the module target they are the scenarios; for those of the host small scripts, plain and with
each kind of client; replay_json has what `pendulum convert` makes of some of these;
trace_jsonl has the witness traces of the specification, and spec_json one small specification a
clause.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile

# By target: what the scripted module does (docs/fuzz-input.md).
SCRIPTS = {
    "write": ["w64", "w64a;", "w64am;w7a;", "w0", "w4096t", "h5w3", "s404w10", "bw64a;w64a;",
              "w65535a;", "w1aw1"],
    "flush": ["f", "fa;", "w64;f", "w64fa;", "w64fam;w7fa;", "bw64fa;"],
    "read_entity_body": ["r64", "r64a;", "r1a;r1a;r1a;", "r65535a;r1a;", "gr64a;g", "e16r64a;r64a;",
                         "r100;r100"],
    "post_completion": ["p0;", "p7;p65535;", "p1;p2;p3;"],
    "pipeline": ["r64a;w64a;fa;p1;", "r64a;r64a;w100am;fa;", "p1;w10a;fa;", "h3s201w10fa;",
                 "ur64a;w64a;", "r16ax;", "cw5;"],
}
PLAIN = {"method": "GET"}
POST = {"method": "POST", "framing": "content-length", "body_bytes": 130}
SLOW = {"method": "POST", "framing": "chunked", "body_bytes": 130,
        "client": {"arrival_bytes": [1, 64], "reads_slowly": True}}
LEAVES = {"method": "GET", "client": {"disconnect": "any-time"}}
WORLDS = {
    "write": [(PLAIN, {}), (PLAIN, {"response_buffering": False}), (LEAVES, {})],
    "flush": [(PLAIN, {}), (PLAIN, {"response_buffering": False}), (LEAVES, {})],
    "read_entity_body": [(POST, {}), (SLOW, {}), (SLOW, {"completion_timing": "pending"})],
    "post_completion": [(PLAIN, {}), (PLAIN, {"concurrent_completions": False})],
    "pipeline": [(POST, {}), (SLOW, {"response_buffering": False}), (LEAVES, {})],
}


def write_seed(folder, content, suffix=""):
    os.makedirs(folder, exist_ok=True)
    name = hashlib.sha1(content).hexdigest()[:16] + suffix
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content)
    return name


def convert(pendulum, source, *options):
    result = subprocess.run([pendulum, "convert", *options, source, "-"], check=True,
                            stdout=subprocess.PIPE)
    return result.stdout


def scenario(requests, host):
    return {"schema": "pendulum-scenario/1", "name": "seed", "title": "a seed", "host": host,
            "requests": requests}


def host_seeds(pendulum, corpus, scratch):
    path = os.path.join(scratch, "seed.json")
    for target, scripts in SCRIPTS.items():
        for script in scripts:
            for number, (request, host) in enumerate(WORLDS[target]):
                if number and script != scripts[0] and script != scripts[2]:
                    continue
                requests = [dict(request, url="/?" + script)]
                if target == "pipeline" and number == 1:
                    requests *= 2
                with open(path, "w", encoding="utf-8") as file:
                    json.dump(scenario(requests, host), file)
                raw = convert(pendulum, path, "--target", target)
                write_seed(os.path.join(corpus, target), raw)


def module_seeds(pendulum, root, corpus):
    folder = os.path.join(root, "corpus/scenarios")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json"):
            raw = convert(pendulum, os.path.join(folder, name))
            write_seed(os.path.join(corpus, "module"), raw or b"\0")


def replay_seeds(pendulum, corpus):
    for target in ("write", "read_entity_body", "pipeline"):
        folder = os.path.join(corpus, target)
        for name in sorted(os.listdir(folder))[:3]:
            content = convert(pendulum, os.path.join(folder, name))
            # Where the module lies is nothing to keep, and no file has this one.
            replay = json.loads(content)
            for module in replay["modules"]:
                module["sources"] = ["scripted_module.cpp"]
            text = json.dumps(replay, indent=1).encode()
            write_seed(os.path.join(corpus, "replay_json"), text, ".json")


def text_seeds(root, corpus):
    witness = os.path.join(root, "tests/spec/witness")
    names = sorted(name for name in os.listdir(witness) if name.endswith(".jsonl"))
    for name in names[::max(1, len(names) // 60)]:
        with open(os.path.join(witness, name), "rb") as file:
            write_seed(os.path.join(corpus, "trace_jsonl"), file.read(), ".jsonl")
    for name in sorted(os.listdir(os.path.join(root, "spec"))):
        if not name.endswith(".json"):
            continue
        with open(os.path.join(root, "spec", name), encoding="utf-8") as file:
            content = json.load(file)
        if not isinstance(content, dict):
            continue
        for clause in content.get("clauses", [])[::8]:
            seed = {"schema": content["schema"], "clauses": [clause]}
            text = json.dumps(seed, ensure_ascii=False).encode()
            write_seed(os.path.join(corpus, "spec_json"), text, ".json")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    pendulum, root, corpus = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        host_seeds(pendulum, corpus, scratch)
    module_seeds(pendulum, root, corpus)
    replay_seeds(pendulum, corpus)
    text_seeds(root, corpus)
    for target in sorted(os.listdir(corpus)):
        print(f"{target}: {len(os.listdir(os.path.join(corpus, target)))} files")


if __name__ == "__main__":
    main()
