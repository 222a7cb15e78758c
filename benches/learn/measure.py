#!/usr/bin/env python3
"""What `unspin learn` learns: how much more is found in texts that it was not taught, and at what price.

    measure.py articles   --unspin BIN --articles DIR --score SCORE.py --clean DIR... --work DIR [--original NNN=FILE]
    measure.py rewordings --unspin BIN --originals DIR --reworded DIR --clean DIR... --work DIR [--pairs 50 200 400]

`articles`: annotated articles (DIR/spun, DIR/clean, DIR/paraphrase, as SCORE.py reads them). Of one whose original is not
named, an original is made by putting the first expected text into each annotated span. `rewordings`: folders of
originals and of their rewordings by one program, under the same names. Of the clean texts the even ones are given to
`learn`, the odd ones are what false alarms are counted in. Needs Python 3.10 and nothing else.
"""
import argparse
import difflib
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WORD = re.compile(r"\w[\w'’-]*")
RULE = "learned-wording"


def clean_texts(folders):
    """The even and the odd texts of folders, by name."""
    files = sorted(p for d in folders for p in glob.glob(os.path.join(d, "**", "*.txt"), recursive=True))
    return files[::2], files[1::2]


def folder_of(files, folder):
    """A folder of copies under numbered names, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for number, path in enumerate(files):
        shutil.copyfile(path, os.path.join(folder, f"{number:05}_{os.path.basename(path)}"))
    return folder


def learn(unspin, pairs, clean, pack, least):
    """Learns from (original, reworded) paths; returns how many marks the pack has, and how many phrases beside them."""
    table = pack[:-5] + ".tsv"
    with open(table, "w", encoding="utf-8") as out:
        out.writelines(f"{os.path.abspath(a)}\t{os.path.abspath(b)}\n" for a, b in pairs)
    if os.path.exists(pack):
        os.remove(pack)
    run = subprocess.run([unspin, "learn", table, "--clean", clean, "--least", str(least), "--out", pack, "--all"],
                         capture_output=True, text=True, check=False)
    with open(pack[:-5] + ".told", "w", encoding="utf-8") as out:
        out.write(run.stdout + run.stderr)
    if run.returncode == 2:
        print("  " + "\n  ".join(line for line in run.stderr.splitlines() if line.startswith("error"))[:400], file=sys.stderr)
    if not os.path.exists(pack):
        return "0 + 0"
    tested = subprocess.run([unspin, "test", pack], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stdout
    with open(pack, encoding="utf-8") as text:
        rules = text.read().split("[[rule]]")[1:]
    counts = [len(re.findall(r'^"[^"]*" = ', rule, re.M)) for rule in rules]
    return " + ".join(map(str, (counts + [0])[:2]))


def alarms(unspin, pack, folder):
    """Findings of the pack in a folder, and in how many texts."""
    if not os.path.exists(pack):
        return (0, 0)
    run = subprocess.run([unspin, "test", pack, "--corpus", folder, "--samples", "100"],
                         capture_output=True, text=True, check=False)
    with open(pack[:-5] + "." + os.path.basename(folder), "w", encoding="utf-8") as out:
        out.write(run.stdout + run.stderr)
    rows = re.findall(rf"^{RULE}\S*\s+(\d+)\s+\S+\s+(\d+)$", run.stdout, re.M)
    return (sum(int(found) for found, _ in rows), max(int(texts) for _, texts in rows))


def score(arguments, names, pack, work):
    """What score.py says of articles, with a pack or without."""
    folder = os.path.join(work, "scored")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name in names:
        for end in ("txt", "gold.jsonl", "meta.json"):
            shutil.copyfile(os.path.join(arguments.articles, "spun", f"{name}.{end}"), os.path.join(folder, f"{name}.{end}"))
    result = os.path.join(work, "score.json")
    environment = dict(os.environ, UNSPIN=os.path.abspath(arguments.unspin))
    environment.pop("UNSPIN_PACK", None)
    if pack and os.path.exists(pack):
        environment["UNSPIN_PACK"] = pack
    wrapper = os.path.join(HERE, "with_pack.py")
    binary = arguments.unspin if pack is None else wrapper
    subprocess.run([sys.executable, arguments.score, binary, "--spun", folder, "--json", result],
                   env=environment, stdout=subprocess.DEVNULL, check=True)
    with open(result, encoding="utf-8") as text:
        return json.load(text)


def original_of(arguments, name, work):
    """The original of an article: as named, else made of what its annotation expects."""
    named = dict(pair.split("=", 1) for pair in arguments.original)
    if name in named:
        return named[name]
    base = os.path.join(arguments.articles, "spun", name)
    with open(base + ".txt", encoding="utf-8", newline="") as file:
        text = file.read()
    with open(base + ".gold.jsonl", encoding="utf-8") as file:
        spans = sorted((json.loads(line) for line in file if line.strip()), key=lambda span: span["start"])
    out, at = "", 0
    for span in spans:
        if span["expected"] and span["start"] >= at:
            out += text[at:span["start"]] + span["expected"][0]
            at = span["end"]
    path = os.path.join(work, f"{name}.orig.txt")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(out + text[at:])
    return path


def articles(arguments):
    work = arguments.work
    os.makedirs(work, exist_ok=True)
    spun = os.path.join(arguments.articles, "spun")
    names = sorted(os.path.basename(p)[:3] for p in glob.glob(os.path.join(spun, "*.gold.jsonl")))
    pair = {n: (original_of(arguments, n, work), os.path.join(spun, n + ".txt")) for n in names}
    family = {n: json.load(open(os.path.join(spun, n + ".meta.json"), encoding="utf-8"))["dialect"][0] for n in names}
    even, odd = clean_texts(arguments.clean)
    taught = folder_of(even, os.path.join(work, "even"))
    untaught = folder_of(odd, os.path.join(work, "odd"))
    places = {"odd": untaught, "clean": os.path.join(arguments.articles, "clean"),
              "paraphrase": os.path.join(arguments.articles, "paraphrase")}
    same = score(arguments, names, None, work) == score(arguments, names, "", work)
    print("the wrapper without a pack scores as the binary:", "yes" if same else "NO")
    splits = [("even teach odd", names[::2], names[1::2]), ("odd teach even", names[1::2], names[::2])]
    for letter in sorted(set(family.values())):
        others = [n for n in names if family[n] != letter]
        splits.append((f"all but {letter} teach {letter}", others, [n for n in names if family[n] == letter]))
    inside = [n for n in names if list(family.values()).count(family[n]) > 1]
    for n in inside:
        splits.append((f"{family[n]} without {n} teaches {n}", [m for m in inside if family[m] == family[n] and m != n], [n]))
    for least in arguments.least:
        print(f"\nleast {least}\n\n| pairs | phrases | spans | recall | with | precision | with | repaired | with | learned: right, wrong "
              "| new alarms: odd clean | bait | paraphrases |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        for number, (what, teach, test) in enumerate(splits):
            pack = os.path.join(work, f"a{least}_{number}.toml")
            phrases = learn(arguments.unspin, [pair[n] for n in teach], taught, pack, least)
            before, after = (score(arguments, test, p, work) for p in ("", pack))
            repaired = [s["fixes"]["repaired@1"] for s in (before, after)]
            before, after = before["spans"], after["spans"]
            own = [v.split("/") for k, v in after["right_wrong_by_rule"].items() if k.startswith(RULE)]
            own = ", ".join(str(sum(int(pair[i]) for pair in own)) for i in (0, 1))
            false = [alarms(arguments.unspin, pack, folder)[0] for folder in places.values()]
            print(f"| {what} | {phrases} | {before['gold']} | {before['recall']} | {after['recall']} | {before['precision']} "
                  f"| {after['precision']} | {repaired[0]} | {repaired[1]} | {own} | {false[0]} | {false[1]} | {false[2]} |", flush=True)


def words_of(text):
    return [(m.start(), m.end(), m.group().lower()) for m in WORD.finditer(text)]


def replaced(original, reworded):
    """The words of the reworded text that do not stand in the original, by number."""
    a, b = ([word for _, _, word in words_of(text)] for text in (original, reworded))
    out = set()
    for tag, _, _, start, end in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag in ("replace", "insert"):
            out.update(range(start, end))
    return out


def flagged(unspin, files, pack, select):
    """The words that are marked in files, by path and number."""
    environment = dict(os.environ, UNSPIN=os.path.abspath(unspin))
    environment.pop("UNSPIN_PACK", None)
    if pack:
        environment["UNSPIN_PACK"] = pack
    run = subprocess.run([os.path.join(HERE, "with_pack.py"), "check", *select, "--format", "json", *files],
                         env=environment, capture_output=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(run.stderr.decode(errors="replace"))
    out = {}
    for file in json.loads(run.stdout)["files"]:
        with open(file["path"], "rb") as raw:
            raw = raw.read()
        spans = [tuple(len(raw[:f[side]["byte"]].decode("utf-8", "replace")) for side in ("start", "end"))
                 for f in file["findings"] if f["severity"] in ("error", "warning")]
        words = words_of(raw.decode("utf-8", "replace"))
        out[file["path"]] = {n for n, (a, b, _) in enumerate(words) if any(a < y and b > x for x, y in spans)}
    return out


def rewordings(arguments):
    work = arguments.work
    os.makedirs(work, exist_ok=True)
    names = sorted(os.listdir(arguments.reworded))
    # Shuffled by their names, the same everywhere.
    names.sort(key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    read = lambda path: open(path, encoding="utf-8", errors="replace").read()
    print_of = lambda path: re.sub(r"\W+", " ", read(path).lower())[:200]
    used = {print_of(os.path.join(arguments.originals, name)) for name in names}
    # A clean text that is the original of a pair would be silent by itself.
    texts = [[p for p in half if print_of(p) not in used] for half in clean_texts(arguments.clean)]
    taught, untaught = (folder_of(half, os.path.join(work, name)) for half, name in zip(texts, ("even", "odd")))
    test = names[:arguments.test]
    files = [os.path.join(arguments.reworded, name) for name in test]
    truth = {f: replaced(read(os.path.join(arguments.originals, os.path.basename(f))), read(f)) for f in files}
    total = sum(map(len, truth.values()))
    odd_words = sum(len(WORD.findall(read(p))) for p in glob.glob(os.path.join(untaught, "*")))
    share = lambda found: sum(len(truth[f] & found[f]) for f in files) / total
    shipped = flagged(arguments.unspin, files, None, [])
    print(f"{len(test)} texts, {total} replaced words; shipped rules mark {share(shipped):.4f} of them; {odd_words} odd clean words")
    print("| pairs | least | phrases | replaced words found | others marked | with shipped rules | false alarms | texts |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for count in arguments.pairs:
        for least in arguments.least:
            pairs = [(os.path.join(arguments.originals, n), os.path.join(arguments.reworded, n))
                     for n in names[arguments.test:arguments.test + count]]
            pack = os.path.join(work, f"r{count}_{least}.toml")
            phrases = learn(arguments.unspin, pairs, taught, pack, least)
            found = flagged(arguments.unspin, files, pack, [f"--select={RULE}"]) if os.path.exists(pack) else {f: set() for f in files}
            both = {f: found[f] | shipped[f] for f in files}
            wrong = sum(len(found[f] - truth[f]) for f in files)
            false, texts = alarms(arguments.unspin, pack, untaught)
            print(f"| {count} | {least} | {phrases} | {share(found):.4f} | {wrong} | {share(both):.4f} | {false} | {texts} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for run in (articles, rewordings):
        command = commands.add_parser(run.__name__)
        command.set_defaults(run=run)
        command.add_argument("--unspin", required=True)
        command.add_argument("--clean", nargs="+", required=True)
        command.add_argument("--work", required=True)
        command.add_argument("--least", nargs="+", type=int, default=[2])
        if run is articles:
            command.add_argument("--articles", required=True)
            command.add_argument("--score", required=True)
            command.add_argument("--original", nargs="*", default=[], metavar="NNN=FILE")
        else:
            command.add_argument("--originals", required=True)
            command.add_argument("--reworded", required=True)
            command.add_argument("--pairs", nargs="+", type=int, default=[50, 200, 400])
            command.add_argument("--test", type=int, default=100)
    arguments = parser.parse_args()
    arguments.unspin = os.path.abspath(arguments.unspin)
    arguments.work = os.path.abspath(arguments.work)
    arguments.run(arguments)


if __name__ == "__main__":
    main()
