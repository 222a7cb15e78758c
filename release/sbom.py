"""Prints the bill of materials of the program, in CycloneDX 1.5: python3 release/sbom.py TARGET.

It lists what is linked in, crates of unspin among it, each with its licence and the checksum that `Cargo.lock` pins, and
the sources that the model was counted from. It is made from the lock file alone, has no random serial number, and
SOURCE_DATE_EPOCH (seconds since 1970) is its time, so that the same commit gives the same bytes. Needs Python 3.11.
"""

import datetime
import json
import os
import sys
import tomllib

from libraries import linked, metadata


def purl(package: dict) -> str:
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package: dict, checksums: dict) -> dict:
    # Older manifests write a slash for the choice between two licences.
    licence = (package["license"] or "").replace("/", " OR ")
    entry = {
        "type": "library",
        "bom-ref": purl(package),
        "name": package["name"],
        "version": package["version"],
        "purl": purl(package),
    }
    if package["description"]:
        entry["description"] = " ".join(package["description"].split())
    if licence:
        entry["licenses"] = [{"expression": licence}]
    checksum = checksums.get((package["name"], package["version"]))
    if checksum:
        entry["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    return entry


def data() -> list[dict]:
    """What the model was counted from, as the manifest beside the model file has it."""
    with open("crates/model-data/manifest.toml", "rb") as file:
        sources = tomllib.load(file)["source"]
    return [
        {
            "type": "data",
            "bom-ref": f"model:{source['name']}",
            "name": source["name"],
            "licenses": [{"license": {"name": source["licence"]}}],
            "hashes": [{"alg": "SHA-256", "content": source["sha256"]}],
        }
        for source in sources
    ]


def main() -> None:
    everything = metadata(sys.argv[1])
    with open("Cargo.lock", "rb") as file:
        locked = tomllib.load(file)["package"]
    checksums = {(p["name"], p["version"]): p.get("checksum") for p in locked}
    wanted = linked(everything)
    packages = {p["id"]: p for p in everything["packages"] if p["id"] in wanted}
    root = everything["resolve"]["root"]
    parts = [component(p, checksums) for id, p in packages.items() if id != root] + data()
    edges = {purl(packages[node["id"]]): set() for node in everything["resolve"]["nodes"] if node["id"] in wanted}
    for node in everything["resolve"]["nodes"]:
        if node["id"] in wanted:
            edges[purl(packages[node["id"]])] |= {purl(packages[d]) for d in node["dependencies"] if d in wanted}
    edges["pkg:cargo/unspin-model-data@" + model_version(packages)] |= {part["bom-ref"] for part in data()}
    moment = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": component(packages[root], checksums) | {"type": "application"},
        },
        "components": sorted(parts, key=lambda part: part["bom-ref"]),
        "dependencies": [{"ref": ref, "dependsOn": sorted(edges[ref])} for ref in sorted(edges)],
    }
    json.dump(bill, sys.stdout, indent=2, ensure_ascii=False)
    print()


def model_version(packages: dict) -> str:
    return next(p["version"] for p in packages.values() if p["name"] == "unspin-model-data")


if __name__ == "__main__":
    main()
