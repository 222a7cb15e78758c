"""Makes a bill of materials (CycloneDX, on standard input) say the same of the same sources: python3 release/sbom.py TREE.

What differs from run to run is taken out or fixed: the random serial number, the time (SOURCE_DATE_EPOCH, seconds since
1970, takes its place), and the path of TREE, the folder that it was made in.
"""

import datetime
import json
import os
import sys


def main() -> None:
    tree = sys.argv[1]
    text = sys.stdin.read().replace(f"file://{tree}", "file://.")
    if tree in text:
        sys.exit(f"sbom.py: the bill still names {tree}")
    bill = json.loads(text)
    bill.pop("serialNumber", None)
    moment = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    bill["metadata"]["timestamp"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    bill["components"].sort(key=lambda component: component["bom-ref"])
    bill["dependencies"].sort(key=lambda dependency: dependency["ref"])
    json.dump(bill, sys.stdout, indent=2, sort_keys=True, ensure_ascii=False)
    print()


main()
