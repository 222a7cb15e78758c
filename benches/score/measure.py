#!/usr/bin/env python3
"""How fast `unspin score` is and how much memory it takes, as a table in Markdown.

    measure.py BINARY ROWS.jsonl [--parquet] [--runs N]

The file is scored with one thread and with two, and then a file of it twice over with two. Megabytes are 10^6 bytes of
JSON Lines, wall seconds are the least of the runs, processor seconds those of the same run, memory the greatest
resident set of all.
"""
import argparse, os, shutil, subprocess, sys, tempfile, time


def run(binary, threads, rows, out):
    command = [binary, "score", "--no-config", "--quiet", "--text", "body", "--threads", str(threads)]
    start = time.monotonic()
    child = subprocess.Popen([*command, rows, "--out", out])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"measure: {binary} exited with {child.returncode}")
    os.remove(out)
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("rows")
    parser.add_argument("--parquet", action="store_true", help="write Parquet")
    parser.add_argument("--runs", type=int, default=1)
    arguments = parser.parse_args()
    ending = "parquet" if arguments.parquet else "jsonl"
    print("| input, MB | threads | wall s | MB/s | CPU s | memory, MB |")
    print("|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(arguments.rows))) as folder:
        twice = os.path.join(folder, "twice.jsonl")
        with open(twice, "wb") as out:
            for _ in range(2):
                with open(arguments.rows, "rb") as rows:
                    shutil.copyfileobj(rows, out, 1 << 20)
        for rows, threads in [(arguments.rows, 1), (arguments.rows, 2), (twice, 2)]:
            out = os.path.join(folder, f"out.{ending}")
            runs = [run(arguments.binary, threads, rows, out) for _ in range(arguments.runs)]
            wall, cpu, _ = min(runs)
            memory = max(memory for _, _, memory in runs)
            size = os.path.getsize(rows) / 1e6
            print(f"| {size:,.0f} | {threads} | {wall:.1f} | {size / wall:.1f} | {cpu:.1f} | {memory / 1e6:.0f} |", flush=True)


if __name__ == "__main__":
    main()
