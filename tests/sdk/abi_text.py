"""How the ABI's JSON names types, in C++."""
import re


def declared_type(text):
    """The type as a parameter or result: an array parameter is a pointer."""
    array = re.match(r"(.*)\[(\d+)\]$", text)
    return f"{array[1]}*" if array else text
