#!/usr/bin/env python3
"""Kills `unspin score` with SIGKILL at random moments until it was killed N times, lets it end, and compares the output
with that of a run that nobody disturbed.

    killed.py BINARY ROWS --out OUT.jsonl|OUT.parquet [--kills 20] [--seed 1]

Each run is killed after a random share of a third of the time that the undisturbed one took. Exit status 1 if the two
differ in a byte.
"""
import argparse, filecmp, os, random, subprocess, sys, time


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("rows")
    parser.add_argument("--out", required=True)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    root, ending = os.path.splitext(arguments.out)
    whole = f"{root}.undisturbed{ending}"
    command = [arguments.binary, "score", "--no-config", "--text", "body", arguments.rows, "--out"]
    start = time.monotonic()
    subprocess.run([*command, whole], check=True, stderr=subprocess.DEVNULL)
    took = time.monotonic() - start
    if os.path.exists(arguments.out):
        os.remove(arguments.out)
    chance, kills, resumed, ended = random.Random(arguments.seed), 0, 0, 0
    while kills < arguments.kills:
        child = subprocess.Popen([*command, arguments.out], stderr=subprocess.PIPE, text=True)
        time.sleep(chance.random() * took / 3)
        if child.poll() is None:
            child.kill()
            kills += 1
        else:
            # It came to its end: the next begins anew.
            ended += 1
            if not filecmp.cmp(arguments.out, whole, shallow=False):
                sys.exit(f"killed: {arguments.out} differs from {whole}")
            os.remove(arguments.out)
        resumed += "going on after" in child.communicate()[1]
    if not os.path.exists(arguments.out):
        last = subprocess.run([*command, arguments.out], stderr=subprocess.PIPE, text=True, check=True)
        resumed += "going on after" in last.stderr
    if not filecmp.cmp(arguments.out, whole, shallow=False):
        sys.exit(f"killed: {arguments.out} differs from {whole}")
    size = os.path.getsize(whole)
    print(f"{kills} kills, {resumed} runs went on with what was done, {ended} ended between kills")
    print(f"every output is the same {size} bytes as that of the undisturbed run ({took:.1f} s)")


if __name__ == "__main__":
    main()
