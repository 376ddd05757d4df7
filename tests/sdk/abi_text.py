"""How the ABI's JSON names types, in C++."""
import re


def declared_type(text):
    """The type as a parameter or result: an array parameter is a pointer."""
    array = re.match(r"(.*)\[(\d+)\]$", text)
    return f"{array[1]}*" if array else text


def parameter_types(params):
    return ", ".join(declared_type(p["type"]) for p in params)


def any_arguments(params):
    """Arguments of exactly the parameters' types, for calls that are not evaluated."""
    return ", ".join(f"Any<{declared_type(p['type'])}>()" for p in params)
