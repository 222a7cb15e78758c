"""Packs a zip file anew so that the same content has the same bytes: python3 release/zip.py FROM TO.

Entries are sorted and lose the time at which they were packed; SOURCE_DATE_EPOCH (seconds
since 1970) is the time of all.
"""

import os
import sys
import time
import zipfile


def main() -> None:
    source, target = sys.argv[1:]
    moment = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in sorted(old.infolist(), key=lambda entry: entry.filename):
            fresh = zipfile.ZipInfo(entry.filename, moment)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            fresh.create_system = 3
            fresh.external_attr = 0o100644 << 16
            new.writestr(fresh, old.read(entry), compresslevel=9)


main()
