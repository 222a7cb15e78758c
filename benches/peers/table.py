"""The figures as tables in Markdown, and their place in the READMEs."""
import corpus
import tools

BEGIN, END = "<!-- peers:begin -->", "<!-- peers:end -->"
MIB = 1024 * 1024


def put(path, text):
    """Puts `text` between the two marks of a page; `ValueError` where it does not have them."""
    page = path.read_text("utf-8")
    if page.count(BEGIN) != 1 or page.count(END) != 1 or page.index(BEGIN) > page.index(END):
        raise ValueError(f"{path} has no place for the table: put {BEGIN} and {END} on lines of their own")
    before, rest = page.split(BEGIN)
    path.write_text(f"{before}{BEGIN}\n{text.strip()}\n{END}{rest.split(END)[1]}", "utf-8")


def rows(head, lines):
    """A table with its first column to the left and the others to the right."""
    rule = ["---"] + ["--:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, rule, *lines)) + "\n"


def number(value, digits=2):
    """Two significant digits below ten, no decimals from ten up; a dash for nothing."""
    if value is None:
        return "–"
    if value == 0:
        return "0"
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.{digits}g}" if value >= 0.001 else "< 0.001"


def seconds(entry, timeout, key="cpu"):
    if entry is None:
        return "–"
    return f"> {timeout}" if entry["late"] else number(entry[key])


def finished(figures, kind, limit=None):
    """The largest set of a kind that a tool finished, of at most about `limit` bytes."""
    done = [e for e in figures[kind].values() if not e["late"] and (limit is None or e["bytes"] <= 1.2 * limit)]
    return max(done, key=lambda entry: entry["bytes"], default=None)


def rate(entry):
    """Megabytes a CPU second, start-up and all."""
    return entry["bytes"] / 1e6 / entry["cpu"] if entry else None


def per_10k(entry):
    return 1e4 * entry["findings"] / entry["words"] if entry and entry["words"] else None


def share(value):
    return "–" if value is None else f"{value:.2f}"


def peak(figures):
    """Bytes of the largest process on the folder and on the file of 1 MB, or on the largest that it finished."""
    done = [finished(figures, kind, corpus.LARGE) for kind in ("folder", "file")]
    return max([entry["memory"] for entry in done if entry], default=None)


def mib(value):
    return "–" if value is None else f"{value / MIB:,.0f}"


def short(results):
    """The table for the front page: one row a tool."""
    scored = any("articles" in figures for figures in results["tools"].values())
    head = ["", "start-up, CPU s", "MB/s", "memory, MiB", *(["recall", "precision"] if scored else []), "per 10,000 clean words"]
    lines = []
    for name, figures in works(results):
        row = [f"{name} {figures['version']}", number(figures["start_up"]["cpu"]), number(rate(finished(figures, "folder")))]
        row.append(mib(peak(figures)))
        if scored:
            row += [share(figures["articles"]["recall"]), share(figures["articles"]["precision"])]
        row.append(number(per_10k(finished(figures, "folder", corpus.LARGE))))
        lines.append(row)
    return rows(head, lines)


def works(results):
    return [(name, figures) for name, figures in results["tools"].items() if "failure" not in figures]


def full(results):
    """Every table, with the day, the machine and who is missing."""
    text = {"news": f"{results['files']:,} clean articles", "made": "made text, which compares with no other run"}
    parts = [
        f"Measured on {results['date']}, {results['seconds'] / 60:.0f} minutes for all: {results['machine']}; "
        f"speed on {text[results['clean']]}.\n"
    ]
    parts += [speed(results), quality(results), missing(results)]
    return "\n".join(part for part in parts if part)


def speed(results):
    late = results["timeout"]
    head = ["", "start-up, wall s", "start-up, CPU s", "MB/s, folder", "folder of 0.1 MB", "of 1 MB"]
    head += [f"of {results['bytes'] / 1e6:.1f} MB", "file of 0.1 MB", "of 1 MB", "MiB, folder", "MiB, file"]
    lines = []
    for name, figures in works(results):
        folder, file = figures["folder"], figures["file"]
        row = [f"{name} {figures['version']}", number(figures["start_up"]["wall"]), number(figures["start_up"]["cpu"])]
        row.append(number(rate(finished(figures, "folder"))))
        row += [seconds(folder.get(f"folder, {size}"), late) for size in ("small", "large", "all")]
        row += [seconds(file.get(f"file, {size}"), late) for size in ("small", "large")]
        for kind in ("folder", "file"):
            done = finished(figures, kind, corpus.LARGE)
            row.append(mib(done and done["memory"]))
        lines.append(row)
    said = "Seconds of folders and files are CPU seconds; `>` is the limit for one run.\n\n"
    return "**Speed and memory.** " + said + rows(head, lines)


def quality(results):
    """What the tools find in the annotated articles and in clean text."""
    scored = [figures for _, figures in works(results) if "articles" in figures]
    clean = ["clean text, per 10,000 words"]
    if not scored:
        lines = [[name, number(per_10k(finished(f, "folder", corpus.LARGE)))] for name, f in works(results)]
        return "**Findings.**\n\n" + rows(["", *clean], lines)
    some = scored[0]["articles"]
    head = ["", "findings", "found", "recall", "wrong (long)", "precision", "per 10,000 words", "clean bait, per 10,000 words"]
    head += [*clean, "CPU s"]
    lines = []
    for name, figures in works(results):
        got = figures["articles"]
        row = [name, str(got["findings"]), str(got["found"]), share(got["recall"]), f"{got['wrong']} ({got['long']})"]
        row += [share(got["precision"]), number(per_10k(got)), number(per_10k(figures.get("bait")))]
        row += [number(per_10k(finished(figures, "folder", corpus.LARGE))), number(got["cpu"])]
        lines.append(row)
    said = f"{some['documents']} reworded articles with {some['marks']} marks in {some['words']:,} words; found are the "
    said += "marks that a finding overlaps, whatever its reason; long are findings of over 60 characters.\n\n"
    return "**Findings.** " + said + rows(head, lines)


def missing(results):
    """Who was not run."""
    told = [f"- {name}: {why}." for name, why in tools.NOT_RUN]
    told += [f"- {name}: {f['failure'].splitlines()[0]}." for name, f in results["tools"].items() if "failure" in f]
    return "**Not run.**\n\n" + "\n".join(told) + "\n"
