"""Reads a corpus in Parquet, scores its texts, and writes the rows that score high, in the same partitions.

    spark-submit score_corpus.py corpus flagged --partition-by day --threshold 0.99
"""

import argparse

from pyspark.sql import SparkSession

import unspin.spark


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="folder of Parquet files, partitioned or not")
    parser.add_argument("out", help="folder to write, which must not be there")
    parser.add_argument("--text", default="body", metavar="COLUMN", help="the column of texts")
    parser.add_argument("--threshold", type=float, default=0.99, help="least score that is kept, 0 to 1")
    parser.add_argument("--partition-by", nargs="*", default=[], metavar="COLUMN")
    parser.add_argument("--config", metavar="FILE", help="a lint.toml, read here")
    parser.add_argument("--findings", action="store_true", help="keep the findings, as JSON")
    arguments = parser.parse_args()

    spark = SparkSession.builder.appName("unspin").getOrCreate()
    corpus = spark.read.parquet(arguments.corpus)
    scored = unspin.spark.score(
        corpus, arguments.text, config=arguments.config, findings=arguments.findings
    )
    flagged = scored.where(scored["unspin_score"] >= arguments.threshold)
    flagged.write.partitionBy(*arguments.partition_by).parquet(arguments.out)
    spark.stop()


if __name__ == "__main__":
    main()
