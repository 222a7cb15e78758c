#!/usr/bin/env python3
"""Rows a second of Spark on two workers, beside `unspin score` on the same cores, and a worker that dies.

    spark.py BINARY ROWS.parquet [--kill]

Reads a file of Parquet with columns `id` and `body`, scores it in `local-cluster[2,1,1024]` and writes Parquet. With
`--kill`, one executor is killed with SIGKILL when a quarter of the tasks is done, and what comes out is compared with
what `unspin score` wrote, row by row. Runs in a Python that has the package and PySpark.
"""
import argparse, os, shutil, signal, subprocess, sys, tempfile, threading, time

import pyarrow.compute
import pyarrow.dataset
import pyarrow.parquet
from pyspark.sql import SparkSession

import unspin.spark

COLUMNS = ["id", "unspin_score", "unspin_rarity", "unspin_level", "unspin_marks", "unspin_rules", "unspin_reason"]


def session(cores):
    builder = SparkSession.builder.master(f"local-cluster[{cores},1,1024]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false").config("spark.driver.bindAddress", "127.0.0.1")
    # Small enough for some forty tasks a gigabyte.
    builder = builder.config("spark.sql.files.maxPartitionBytes", str(8 << 20))
    made = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


def executors():
    """Processes of Spark's executors on this machine."""
    found = subprocess.run(["pgrep", "-f", "CoarseGrainedExecutorBackend"], capture_output=True, text=True)
    return [int(line) for line in found.stdout.split()]


def kill_one(spark, told):
    """Kills an executor when a quarter of the tasks of a stage is done."""
    tracker = spark.sparkContext.statusTracker()
    while not told["done"]:
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info and info.numTasks > 8 and info.numCompletedTasks >= info.numTasks // 4:
                victim = executors()[0]
                os.kill(victim, signal.SIGKILL)
                told["killed"] = (victim, info.numCompletedTasks, info.numTasks)
                return
        time.sleep(0.2)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("rows")
    parser.add_argument("--kill", action="store_true")
    arguments = parser.parse_args()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    rows = pyarrow.parquet.ParquetFile(arguments.rows).metadata.num_rows
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(arguments.rows))) as folder:
        plain = os.path.join(folder, "plain.parquet")
        start = time.monotonic()
        command = [arguments.binary, "score", "--no-config", "--quiet", "--threads", "2", arguments.rows, "--out", plain]
        subprocess.run(command, check=True)
        took = time.monotonic() - start
        print(f"unspin score, 2 threads: {rows:,} rows in {took:.1f} s, {rows / took:,.0f} rows a second", flush=True)
        spark = session(2)
        # A first job starts the workers, which is no part of the work.
        start = time.monotonic()
        warm = spark.createDataFrame([(1, "Warm.")], "id long, body string").repartition(2)
        unspin.spark.score(warm).collect()
        print(f"start of Spark and its first job: {time.monotonic() - start:.1f} s", flush=True)
        told = {"done": False}
        if arguments.kill:
            threading.Thread(target=kill_one, args=(spark, told), daemon=True).start()
        out = os.path.join(folder, "spark")
        start = time.monotonic()
        unspin.spark.score(spark.read.parquet(arguments.rows)).write.parquet(out)
        took = time.monotonic() - start
        told["done"] = True
        spark.stop()
        print(f"Spark, 2 workers of a core: {rows:,} rows in {took:.1f} s, {rows / took:,.0f} rows a second", flush=True)
        if arguments.kill:
            if "killed" not in told:
                sys.exit("spark: nothing was killed; give it more rows")
            victim, done, tasks = told["killed"]
            print(f"executor {victim} was killed when {done} of {tasks} tasks were done")
        wanted = pyarrow.parquet.read_table(plain, columns=COLUMNS).sort_by("id")
        made = pyarrow.dataset.dataset(out).to_table(columns=COLUMNS).sort_by("id")
        if not made.cast(wanted.schema).equals(wanted):
            sys.exit("spark: the rows of Spark are not those of unspin score")
        print(f"{made.num_rows:,} rows, each once, and as unspin score has them")
        shutil.rmtree(out)


if __name__ == "__main__":
    main()
