#!/usr/bin/env python3
"""Whether all ways to score say the same of each document, to the last digit and finding.

    agree.py BINARY ROWS.jsonl

Compares `unspin check --format jsonl`, `unspin score` into JSON Lines and into Parquet, `unspin.score_many`,
`unspin.score_arrow` and, where PySpark is installed, `unspin.spark.score` on two workers. Runs in a Python that has the
package. Exit status 1 where two differ.
"""
import argparse, importlib.util, json, os, subprocess, sys, tempfile

import pyarrow.parquet
import unspin

FIGURES = ["score", "rarity", "level", "marks", "reason"]


def checked(binary, rows, documents):
    """What `check` says, a figure of each document by its line."""
    command = [binary, "check", "--no-config", "--no-cache", "--format", "jsonl", "--field", "body", rows]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    said = [None] * documents
    for line in child.stdout:
        entry = json.loads(line)
        verdict, findings = entry["verdict"], entry["findings"]
        rules = sorted({finding["rule"] for finding in findings})
        at = int(entry["entry"].split()[1]) - 1
        said[at] = (*(verdict[figure] for figure in FIGURES), rules, findings)
    if child.wait() not in (0, 1):
        sys.exit(f"agree: check exited with {child.returncode}")
    return said


def figures(row):
    """The same of a row with columns of ours."""
    findings = row["unspin_findings"]
    findings = json.loads(findings) if isinstance(findings, str) else findings
    rules = row["unspin_rules"]
    return (*(row[f"unspin_{figure}"] for figure in FIGURES), None if rules is None else list(rules), findings)


def scored(binary, rows, out):
    command = [binary, "score", "--no-config", "--quiet", "--findings", "--text", "body", rows, "--out", out]
    subprocess.run(command, check=True)


def spark(rows):
    from pyspark.sql import SparkSession
    import unspin.spark

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.maxResultSize", "0")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    frame = session.read.schema("id long, body string").json(rows).repartition(8)
    found = unspin.spark.score(frame, "body", findings=True).drop("body").orderBy("id")
    made = [figures(row.asDict()) for row in found.toLocalIterator()]
    session.stop()
    return made


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("rows")
    arguments = parser.parse_args()
    binary, rows = os.path.abspath(arguments.binary), os.path.abspath(arguments.rows)
    with open(rows, encoding="utf-8") as lines:
        texts = [json.loads(line)["body"] for line in lines]
    expected = checked(binary, rows, len(texts))
    ways = {}
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.jsonl")
        scored(binary, rows, out)
        with open(out, encoding="utf-8") as lines:
            ways["score, JSON Lines"] = [figures(json.loads(line)) for line in lines]
        out = os.path.join(folder, "out.parquet")
        scored(binary, rows, out)
        table = pyarrow.parquet.read_table(out)
        ways["score, Parquet"] = [figures(row) for row in table.to_pylist()]
    linter = unspin.Linter()
    made = linter.score_many(texts, findings=True)
    ways["Python, score_many"] = [
        (s.score, s.rarity, s.level, s.marks, s.reason, list(s.rules), json.loads(s.findings)) for s in made
    ]
    array = linter.score_arrow(pyarrow.array(texts), findings=True)
    ways["Python, score_arrow"] = [figures(row) for row in array.to_pylist()]
    if importlib.util.find_spec("pyspark"):
        ways["Spark, two workers"] = spark(rows)
    else:
        print("SKIPPED: pyspark is missing, so that Spark is not compared")
    wrong = 0
    for name, own in ways.items():
        differing = [at for at, pair in enumerate(zip(expected, own)) if pair[0] != pair[1]]
        same = not differing and len(own) == len(expected)
        print(f"{name}: {len(own):,} documents, " + ("as check has them" if same else f"{len(differing)} differ"))
        for at in differing[:3]:
            print(f"  line {at + 1}: {str(expected[at])[:200]}\n       not {str(own[at])[:200]}")
        wrong += not same
    findings = sum(len(said[-1]) for said in expected)
    levels = {level: sum(said[2] == level for said in expected) for level in ["reworded", "doubtful", "clean", "unknown"]}
    print(f"{len(expected):,} documents, {findings:,} findings, {levels}")
    sys.exit(1 if wrong or not findings else 0)


if __name__ == "__main__":
    main()
