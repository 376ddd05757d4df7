#!/usr/bin/env python3
"""Puts beside a built fuzz target what a fuzzing platform looks for there.

    package.py SOURCE_FOLDER TARGET OUT_FOLDER

TARGET_seed_corpus.zip with files named by their hash, TARGET.dict where there is a dictionary, and
TARGET.options.
"""

import glob
import hashlib
import os
import shutil
import sys
import zipfile

OPTIONS = "[libfuzzer]\nmax_len = 8192\ntimeout = 25\nrss_limit_mb = 2560\n"


def seed_files(source, target):
    """Its own corpus and regressions."""
    folders = [os.path.join(source, "corpus", *parts)
               for parts in ((target,), ("regressions", target))]
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(glob.escape(folder), "**"), recursive=True)):
            if os.path.isfile(path) and os.path.getsize(path) <= 8192:
                yield path


def write_zip(path, files):
    contents = {}
    for name in files:
        with open(name, "rb") as file:
            content = file.read()
        contents[hashlib.sha1(content).hexdigest()] = content
    if not contents:
        return 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            # The same seeds give the same archive: no date of today.
            archive.writestr(zipfile.ZipInfo(name), contents[name], zipfile.ZIP_DEFLATED)
    return len(contents)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    source, target, out = sys.argv[1:]
    count = write_zip(os.path.join(out, target + "_seed_corpus.zip"), seed_files(source, target))
    dictionary = os.path.join(source, "fuzzers", target + ".dict")
    if os.path.exists(dictionary):
        shutil.copy(dictionary, os.path.join(out, target + ".dict"))
    with open(os.path.join(out, target + ".options"), "w", encoding="utf-8") as file:
        file.write(OPTIONS)
    print(f"{target}: {count} seeds")


if __name__ == "__main__":
    main()
