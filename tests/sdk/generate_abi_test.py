#!/usr/bin/env python3
"""Writes a GoogleTest source that holds the SDK's headers against the published ABI.

    generate_abi_test.py httpserv-abi.json output.cc

Most checks are static_asserts, so a wrong header does not compile. What C++ can't assert at compile
time (default argument values, uuids) is checked when the test runs.
"""
import json
import re
import sys

import abi_text


def method_pointer(interface, method):
    const = " const" if method["const"] else ""
    types = abi_text.parameter_types(method["params"])
    return f"{abi_text.declared_type(method['return'])} ({interface}::*)({types}){const}"


def own_methods(interface):
    return [m for m in interface["methods"] if m["declared_in"] == interface["name"]]


def interface_checks(interface):
    name = interface["name"]
    yield f"static_assert(std::is_polymorphic_v<{name}>);"
    for base in interface["bases"]:
        yield f"static_assert(std::is_base_of_v<{base}, {name}>);"
    destructors = [m for m in interface["methods"] if m["name"].startswith("~")]
    has_destructor = str(bool(destructors)).lower()
    yield f"static_assert(std::has_virtual_destructor_v<{name}> == {has_destructor});"
    yield f"static_assert(sizeof({name}) == sizeof(void*));"
    names = [m["name"] for m in own_methods(interface)]
    for method in own_methods(interface):
        if method["name"].startswith("~"):
            yield f"static_assert(!std::is_destructible_v<{name}>);"  # protected
            continue
        pointer = method_pointer(name, method)
        address = f"&{name}::{method['name']}"
        if names.count(method["name"]) > 1:
            yield f"static_assert(static_cast<{pointer}>({address}) != nullptr);"
        else:
            yield f"static_assert(std::is_same_v<decltype({address}), {pointer}>);"
        yield from default_argument_checks(name, method)
    all_pure = all(m["pure"] for m in interface["methods"])
    if all_pure:
        yield f"static_assert(std::is_abstract_v<{name}>);"


def default_argument_checks(name, method):
    """Calls with each number of arguments that the defaults allow, and no fewer."""
    params = method["params"]
    required = len([p for p in params if "default" not in p])
    result = abi_text.declared_type(method["return"])
    for count in range(required, len(params) + 1):
        arguments = abi_text.any_arguments(params[:count])
        const = "const " if method["const"] else ""
        call = f"Any<{const}{name}*>()->{method['name']}({arguments})"
        yield f"static_assert(std::is_same_v<decltype({call}), {result}>);"


def default_value_tests(interfaces):
    """Calls through an object whose every slot records its arguments."""
    for interface in interfaces:
        for method in own_methods(interface):
            params = method["params"]
            defaults = [p for p in params if "default" in p]
            if not defaults:
                continue
            required = params[: len(params) - len(defaults)]
            arguments = abi_text.any_arguments(required).replace("Any<", "Zero<")
            yield f"  Fake<{interface['name']}>()->{method['name']}({arguments});"
            for index, p in enumerate(params):
                if "default" in p:
                    yield (
                        f"  EXPECT_EQ(Recorded<{p['type']}>({index}), "
                        f"({p['type']})({p['default']}))"
                        f' << "{interface["name"]}::{method["name"]}: {p["name"]}";'
                    )


def enum_checks(enums):
    for name, enum in enums.items():
        yield f"static_assert(std::is_enum_v<{name}> && sizeof({name}) == 4);"
        for m in enum["members"]:
            yield f"static_assert({m['name']} == {m['value']});"
            yield f"static_assert(std::is_same_v<decltype({m['name']}), {name}>);"


def constant_checks(constants):
    for group, members in constants.items():
        for c in members:
            if group == "doc_only":
                for name, text in re.findall(r"(\w+_CACHE_NAME) (L\"\w+\")", c["text"]):
                    yield f"static_assert(std::wstring_view({name}) == {text});"
            elif "value" in c:
                yield f"static_assert((unsigned long long)({c['name']}) == {c['value']}ull);"
            else:
                view = "std::wstring_view" if c["text"].startswith("L") else "std::string_view"
                yield f"static_assert({view}({c['name']}) == {c['text']});"


def struct_checks(structs):
    for name, s in structs.items():
        yield f"static_assert(sizeof({name}) == {s['size_x64']});"
        yield f"static_assert(alignof({name}) == {s['align_x64']});"
        if s["base"]:
            yield f"static_assert(std::is_base_of_v<{s['base']}, {name}>);"
        for f in s["fields"]:
            member = f"(({name}*)0)->{f['name']}"
            yield f"static_assert(offsetof({name}, {f['name']}) == {f['offset_x64']});"
            yield f"static_assert(sizeof({member}) == {f['size_x64']});"
            if f["type"] != "struct":
                array = re.match(r"(.*)\[(\d+)\]$", f["type"])
                field_type = f"{array[1]}(&)[{array[2]}]" if array else f["type"] + "&"
                yield f"static_assert(std::is_same_v<decltype(({member})), {field_type}>);"


def typedef_checks(typedefs, functions):
    for t in typedefs:
        width = re.search(r"(\d+)-bit|\((\d+) bytes\)", t["type"])
        for name in t["name"].split(", "):
            if name == "WCHAR":  # 32 bits natively: the one stated difference
                yield "static_assert(sizeof(WCHAR) == sizeof(wchar_t));"
            elif width:
                size = int(width[1]) // 8 if width[1] else int(width[2])
                signed = str("unsigned" not in t["type"]).lower()
                yield f"static_assert(sizeof({name}) == {size});"
                yield f"static_assert(std::is_signed_v<{name}> == {signed});"
            else:
                yield f"static_assert(std::is_same_v<{name}, {t['type']}>);"
    for f in functions:
        if f["convention"] != "WINAPI":
            continue
        types = abi_text.parameter_types(f["params"])
        yield f"static_assert(std::is_same_v<{f['name']}, {f['return']}(WINAPI*)({types})>);"
        if "export" in f:
            yield f"static_assert(std::is_same_v<{f['name']}, decltype(&{f['export']})>);"


def error_checks(abi):
    for h in abi["hresults"]:
        yield f"static_assert(static_cast<unsigned>({h['name']}) == {h['value']}u);"
        if h["value"] != "0x00000000" and h["name"].startswith("E_"):
            yield f"static_assert(FAILED({h['name']}));"
    for e in abi["win32_errors"]:
        yield f"static_assert({e['name']} == {e['win32']});"
        yield (
            f"static_assert(static_cast<unsigned>(HRESULT_FROM_WIN32({e['name']})) == "
            f"{e['hresult_from_win32']}u);"
        )
    for kind in ("request", "global"):
        for row in abi["notification_map"][kind]:
            yield f"static_assert({row['notification']} == {row['mask']}u);"


def uuid_tests(interfaces):
    for i in interfaces:
        if i["uuid"]:
            yield f'  EXPECT_EQ(Text(__uuidof({i["name"]})), "{i["uuid"]}") << "{i["name"]}";'


def main():
    abi = json.load(open(sys.argv[1], encoding="utf-8"))
    static = []
    for interface in abi["interfaces"]:
        static += interface_checks(interface)
    static += enum_checks(abi["enums"])
    static += constant_checks(abi["constants"])
    static += struct_checks(abi["structs"])
    static += typedef_checks(abi["typedefs"], abi["function_types"])
    static += error_checks(abi)
    values = list(default_value_tests(abi["interfaces"]))
    uuids = list(uuid_tests(abi["interfaces"]))
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write('#include "tests/sdk/abi_test.h"\n\n')
        out.write("namespace pendulum::sdk {\nnamespace {\n\n")
        out.write("\n".join(static) + "\n\n")
        # The fake object has slots and no type, which is what this sanitizer would complain about.
        out.write('__attribute__((no_sanitize("vptr"))) void CheckDefaultArguments() {\n')
        out.write("\n".join(values) + "\n}\n\n")
        out.write("TEST(AbiTest, DefaultArguments) { CheckDefaultArguments(); }\n\n")
        out.write("TEST(AbiTest, Uuids) {\n" + "\n".join(uuids) + "\n}\n\n")
        out.write("}  // namespace\n}  // namespace pendulum::sdk\n")
    print(f"{len(static)} static checks, {len(values)} lines on default values, {len(uuids)} uuids")


if __name__ == "__main__":
    main()
