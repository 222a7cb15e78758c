"""Fits the trees that score words, on examples that `unspin-train examples` wrote.

    python3 trees.py EXAMPLES OUT [--seed N] [--trees N]

Needs the packages of requirements.txt. Two threads and fixed seeds, so the same examples give the same trees on the
same machine with the same versions. OUT is CatBoost's JSON format, which `unspin-train assemble` turns into integers.
The trees are oblivious: all nodes of a level ask one question, which the linter answers for many words at once.
"""

import argparse
import pathlib

import catboost
import numpy

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("examples", type=pathlib.Path)
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--trees", type=int, default=300)
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

pool = catboost.Pool(rows[kept].astype(numpy.float32), put_in[kept], weight=weight[kept])
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
model.fit(pool)
model.save_model(str(arguments.out), format="json")
print(f"{kept.sum()} words, {put_in[kept].mean():.3f} put in, {model.tree_count_} trees")
