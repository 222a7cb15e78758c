#!/usr/bin/env python3
"""How fast a built `unspin` is and how much memory it takes, as tables in Markdown.

    speed.py BINARY [--clean FOLDER] [--reworded FILE ...] [--runs N] [--largest BYTES] [--files N]

Texts are the `.txt` files under FOLDER; without one, the clean texts of `tests/corpus`, which are few, so that every
figure but the slopes says little. The program runs without settings and without its cache. Processor seconds are the
kernel's count for the process (user and system), megabytes are 10^6 bytes, memory is the greatest resident set. Of
several runs the median and the least are given: other work on the machine only ever adds.
"""
import argparse, glob, os, resource, statistics, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))


def run(binary, arguments, files, folder):
    """Processor seconds, wall seconds and greatest resident set in bytes of one run over the files."""
    listed = os.path.join(folder, "files")
    command = [binary, "check", "--no-config", "--no-cache", "--quiet", *arguments]
    if len(files) > 1000:
        command.append(os.path.commonpath(files))
    else:
        command += files
    with open(listed, "wb") as out:
        start = time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
    code = os.waitstatus_to_exitcode(status)
    child.returncode = code
    if code not in (0, 1):
        sys.exit(f"speed: {binary} exited with {code}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024


def measure(binary, arguments, files, folder, runs):
    """Median and least processor seconds, least wall seconds, greatest memory over the runs."""
    made = [run(binary, arguments, files, folder) for _ in range(runs)]
    cpu = sorted(m[0] for m in made)
    return statistics.median(cpu), cpu[0], min(m[1] for m in made), max(m[2] for m in made)


def size(files):
    return sum(os.path.getsize(f) for f in files)


def row(*cells):
    print("| " + " | ".join(str(c) for c in cells) + " |")


def figure(value):
    """Two figures, or all before the point."""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def repeated(texts, wanted):
    """The texts one after another, until there are so many bytes; cut at the end of a text."""
    out, length = [], 0
    while length < wanted:
        for text in texts:
            out.append(text)
            length += len(text) + 2
            if length >= wanted:
                break
    return b"\n\n".join(out)


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--clean", metavar="FOLDER")
    parser.add_argument("--reworded", metavar="FILE", nargs="*", default=[])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--largest", type=int, default=100_000_000, help="bytes of the largest single file")
    parser.add_argument("--files", type=int, default=100_000, help="most files in one run")
    a = parser.parse_args()
    pattern = os.path.join(a.clean, "**", "*.txt") if a.clean else os.path.join(HERE, "../tests/corpus/*_clean.txt")
    clean = [os.path.abspath(p) for p in sorted(glob.glob(pattern, recursive=True))]
    if not clean:
        sys.exit(f"speed: no .txt file under {a.clean}")
    binary = os.path.abspath(a.binary)
    texts = [open(p, "rb").read().strip() for p in clean]
    with tempfile.TemporaryDirectory() as folder:
        one = write(os.path.join(folder, "one.txt"), b"The ferry left the harbour at nine.\n")
        cpu, least, wall, memory = measure(binary, [], [one], folder, 3 * a.runs)
        print(f"Start-up, one sentence: {1000 * wall:.0f} ms, {memory / 1e6:.0f} MB.\n")

        row("text", "bytes", "CPU s, median", "least", "MB/s of a core, median", "best", "memory MB")
        row(*["---"] * 7)
        for name, files in [("clean", clean), ("reworded", [os.path.abspath(p) for p in a.reworded])]:
            if files:
                cpu, least, wall, memory = measure(binary, ["--threads", "1"], files, folder, a.runs)
                n = size(files)
                row(f"{name}, {len(files)} files", n, figure(cpu), figure(least), figure(n / cpu / 1e6),
                    figure(n / least / 1e6), figure(memory / 1e6))

        print("\nOne file, clean texts one after another:\n")
        row("bytes", "CPU s", "MB/s", "memory MB", "memory less 3 times the file")
        row(*["---"] * 5)
        n = 1_000_000
        while n <= a.largest:
            path = write(os.path.join(folder, "large.txt"), repeated(texts, n))
            cpu, least, wall, memory = measure(binary, ["--threads", "1"], [path], folder, 1 if n > 1e7 else a.runs)
            bytes_ = os.path.getsize(path)
            row(bytes_, figure(least), figure(bytes_ / least / 1e6), figure(memory / 1e6),
                figure((memory - 3 * bytes_) / 1e6))
            n *= 10

        print("\nMany files, all of one folder:\n")
        row("files", "bytes", "CPU s, 1 thread", "microseconds a kB", "wall s, 1 thread", "wall s, all threads", "times",
            "memory MB")
        row(*["---"] * 8)
        n, made = 10, 0
        many = os.path.join(folder, "many")
        os.mkdir(many)
        files = []
        while n <= a.files:
            for i in range(made, n):
                sub = os.path.join(many, f"{i // 1000:03}")
                os.makedirs(sub, exist_ok=True)
                files.append(write(os.path.join(sub, f"{i:06}.txt"), texts[i % len(texts)]))
            made = n
            runs = 1 if n > 10_000 else a.runs
            cpu, least, wall, memory = measure(binary, ["--threads", "1"], files, folder, runs)
            _, _, wall_all, memory_all = measure(binary, [], files, folder, runs)
            row(n, size(files), figure(least), figure(1e9 * least / size(files)), figure(wall), figure(wall_all),
                f"{wall / wall_all:.2f}", figure(max(memory, memory_all) / 1e6))
            n *= 10


main()
