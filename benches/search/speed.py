#!/usr/bin/env python3
"""How long one search takes and how much memory, by the size of the archive, as a table in Markdown.

    speed.py BINARY FOLDER QUERY [--sizes N ...] [--runs N]

FOLDER is what corpus.py wrote; of its archive the first N texts are searched, as one file of records and as a folder of
files. Processor seconds are the kernel's count for the process (user and system), megabytes are 10^6 bytes, memory is
the greatest resident set. Of several runs the least is given: other work on the machine only ever adds.
"""
import argparse, json, multiprocessing, os, subprocess, sys, tempfile, time


def run(binary, query, archive, threads):
    """Processor seconds, wall seconds and greatest resident set in bytes of one search."""
    command = [binary, "compare", "--quiet", "--search", archive, *threads, query]
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"speed: {binary} exited with {child.returncode}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024


def write(source, folder, n):
    """The first texts of an archive as one file of records and as a folder of files; what it has not is repeated."""
    with open(os.path.join(source, "archive.jsonl"), encoding="utf-8") as file:
        lines = file.read().splitlines()
    size = 0
    with open(os.path.join(folder, "archive.jsonl"), "w", encoding="utf-8") as out:
        for i in range(n):
            line = lines[i % len(lines)]
            out.write(line + "\n")
            text = json.loads(line)["text"].encode()
            size += len(text)
            part = os.path.join(folder, "files", f"{i // 1000:03}")
            os.makedirs(part, exist_ok=True)
            with open(os.path.join(part, f"{i:06}.txt"), "wb") as one:
                one.write(text)
    with open(os.path.join(folder, "size"), "w", encoding="utf-8") as out:
        out.write(str(size))


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("folder")
    parser.add_argument("query")
    parser.add_argument("--sizes", type=int, nargs="*", default=[2000, 5000, 10000, 20000])
    parser.add_argument("--runs", type=int, default=5)
    a = parser.parse_args()
    row("texts", "megabytes", "as", "CPU s, 1 thread", "wall s, 1 thread", "wall s, all threads", "memory MB, 1 thread",
        "all threads")
    row(*["---"] * 8)
    with tempfile.TemporaryDirectory() as folder:
        for n in sorted(a.sizes):
            # In a process of its own: what this one holds would be counted for those that it starts.
            writer = multiprocessing.Process(target=write, args=(a.folder, folder, n))
            writer.start()
            writer.join()
            with open(os.path.join(folder, "size"), encoding="utf-8") as file:
                size = int(file.read())
            for name in ("archive.jsonl", "files"):
                archive = os.path.join(folder, name)
                one = [run(a.binary, a.query, archive, ["--threads", "1"]) for _ in range(a.runs)]
                all_ = [run(a.binary, a.query, archive, []) for _ in range(a.runs)]
                least = [min(r[i] for r in one) for i in range(3)]
                row(n, f"{size / 1e6:.1f}", "files" if name == "files" else "records", f"{least[0]:.2f}",
                    f"{least[1]:.2f}", f"{min(r[1] for r in all_):.2f}", f"{max(r[2] for r in one) / 1e6:.0f}",
                    f"{max(r[2] for r in all_) / 1e6:.0f}")


if __name__ == "__main__":
    main()
