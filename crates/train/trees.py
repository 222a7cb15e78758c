"""Fits the trees that score words, on examples that `unspin-train examples` wrote.

    python3 trees.py EXAMPLES OUT [--seed N] [--trees N]

Needs the packages of requirements.txt. Two threads, row-wise histograms and fixed seeds, so the same examples give the same trees on the same
machine with the same versions. OUT is LightGBM's text format, which `unspin-train assemble` turns into integers.
"""

import argparse
import pathlib

import lightgbm
import numpy

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("examples", type=pathlib.Path)
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--trees", type=int, default=200)
arguments = parser.parse_args()

words = numpy.fromfile(arguments.examples / "words.i32", dtype="<i4").reshape(-1, 4)
rows = numpy.fromfile(arguments.examples / "rows.i16", dtype="<i2").reshape(len(words), -1)
put_in = words[:, 1]

# Words that were put in and fit as well as what stood there (2) teach nothing.
# Most words are as their author wrote them; three of five of those say the same as all.
KEPT = 0.6
random = numpy.random.RandomState(arguments.seed)
kept = (put_in == 1) | ((put_in == 0) & (random.rand(len(words)) < KEPT))
weight = numpy.where(put_in == 1, 1.0, 1.0 / KEPT)

parameters = {
    "objective": "binary",
    "learning_rate": 0.12,
    "num_leaves": 31,
    "min_data_in_leaf": 200,
    "lambda_l2": 5.0,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "max_bin": 127,
    "seed": arguments.seed,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbose": -1,
}
data = lightgbm.Dataset(rows[kept], label=put_in[kept], weight=weight[kept], params={"max_bin": 127})
model = lightgbm.train(parameters, data, arguments.trees)
model.save_model(str(arguments.out))
print(f"{kept.sum()} words, {put_in[kept].mean():.3f} put in, {model.num_trees()} trees")
