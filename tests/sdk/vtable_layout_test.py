#!/usr/bin/env python3
"""Compares the slots of every interface, as Microsoft's ABI lays them out, with the published ones.

    vtable_layout_test.py httpserv-abi.json sdk-folder clang++

Clang compiles the headers for x86_64-pc-windows-msvc and prints the tables it makes. Exit status 0
when every slot of every interface agrees.
"""
import json
import re
import subprocess
import sys
import tempfile

import abi_text


def translation_unit(interfaces):
    """Calls one method that each interface introduces, which makes Clang lay out its table."""
    lines = ["#include <httpserv.h>", "#include <iiswebsocket.h>", "template <class T> T Any();"]
    for number, interface in enumerate(interfaces):
        method = [m for m in interface["methods"] if m["declared_in"] == interface["name"]][0]
        arguments = abi_text.any_arguments(method["params"])
        lines.append(
            f"void Use{number}() {{ Any<{interface['name']}*>()->{method['name']}({arguments}); }}"
        )
    return "\n".join(lines) + "\n"


def printed_tables(clang, sdk, interfaces):
    with tempfile.NamedTemporaryFile("w", suffix=".cc") as source:
        source.write(translation_unit(interfaces))
        source.flush()
        command = [clang, "--target=x86_64-pc-windows-msvc", "-std=c++17", "-fms-extensions"]
        command += ["-fms-compatibility", "-nostdlibinc", "-DPENDULUM_SDK_LAYOUT_ONLY"]
        command += ["-isystem", sdk, "-Xclang", "-fdump-vtable-layouts"]
        command += ["-c", "-o", "/dev/null", source.name]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    tables = {}
    slots = None
    for line in output.splitlines():
        header = re.match(r"VFTable for .*'(\w+)' \((\d+) entr", line)
        if header:
            slots = tables.setdefault(header[1], [])
            slots.clear()
        entry = re.match(r" +(\d+) \| (.*)", line)
        if entry and slots is not None and not entry[2].endswith(" RTTI"):
            slots.append(entry[2])
        if line.startswith("VFTable indices"):
            slots = None
    return tables


def expected(method):
    """The signature as Clang prints it."""
    if method["name"].startswith("~"):
        return f"{method['declared_in']}::{method['name']}() [scalar deleting]"
    types = re.sub(r"\bVOID\b", "void", abi_text.parameter_types(method["params"]))
    result = re.sub(r"\bVOID\b", "void", method["return"])
    space = "" if result.endswith("*") else " "
    const = " const" if method["const"] else ""
    pure = " [pure]" if method["pure"] else ""
    return f"{result}{space}{method['declared_in']}::{method['name']}({types}){const}{pure}"


def normalize(text):
    return text.replace(" ", "")


def main():
    abi = json.load(open(sys.argv[1], encoding="utf-8"))
    tables = printed_tables(sys.argv[3], sys.argv[2], abi["interfaces"])
    wrong = 0
    compared = 0
    for interface in abi["interfaces"]:
        name = interface["name"]
        slots = tables.get(name, [])
        if len(slots) != interface["slot_count"]:
            print(f"{name}: {len(slots)} slots, published are {interface['slot_count']}")
            wrong += 1
        for method, slot in zip(interface["methods"], slots):
            compared += 1
            if normalize(expected(method)) != normalize(slot):
                print(f"{name} slot {method['slot']}: {slot}, published is {expected(method)}")
                wrong += 1
    print(f"{len(abi['interfaces'])} interfaces, {compared} slots compared, {wrong} differences")
    return 1 if wrong or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
