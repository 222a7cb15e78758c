"""Fits the trees that rank what may be put back, on repairs that `unspin-train repairs` wrote.

    python3 ranker.py REPAIRS OUT [--seed N] [--trees N]

As trees.py. A repair is judged by itself, as right or wrong, so that the score is the log-odds that it is right; how it
compares with the others for the same word is among its features.
"""

import argparse
import pathlib

import catboost
import numpy

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("repairs", type=pathlib.Path)
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--trees", type=int, default=200)
arguments = parser.parse_args()

labels = numpy.fromfile(arguments.repairs / "repairs.i32", dtype="<i4").reshape(-1, 4)
rows = numpy.fromfile(arguments.repairs / "rows.i16", dtype="<i2").reshape(len(labels), -1)
right = labels[:, 1]

# Most repairs of a word are far from right; a quarter of those says the same as all.
RANK = 15
NEAR = 8
KEPT = 0.25
random = numpy.random.RandomState(arguments.seed)
near = (right == 1) | (rows[:, RANK] < NEAR)
kept = near | (random.rand(len(labels)) < KEPT)
weight = numpy.where(near, 1.0, 1.0 / KEPT)

model = catboost.CatBoostClassifier(
    iterations=arguments.trees,
    depth=6,
    learning_rate=0.2,
    l2_leaf_reg=5.0,
    border_count=127,
    boosting_type="Plain",
    bootstrap_type="Bernoulli",
    subsample=0.6,
    rsm=0.5,
    random_seed=arguments.seed,
    thread_count=2,
    allow_writing_files=False,
    verbose=False,
)
model.fit(catboost.Pool(rows[kept].astype(numpy.float32), right[kept], weight=weight[kept]))
model.save_model(str(arguments.out), format="json")
words = len(numpy.unique(labels[:, 0]))
print(f"{words} words, {len(labels)} repairs, {right.sum()} right, {model.tree_count_} trees")
