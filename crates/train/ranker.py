"""Fits the trees that rank what may be put back, on repairs that `unspin-train repairs` wrote.

    python3 ranker.py REPAIRS OUT [--seed N] [--trees N]

As trees.py. A repair is judged by itself, as right or wrong, so that the score is the log-odds that it is right; how it
compares with the others for the same word is among its features.
"""

import numpy

import boost

arguments = boost.arguments(__doc__, trees=200)

labels = numpy.fromfile(arguments.rows / "repairs.i32", dtype="<i4").reshape(-1, 4)
rows = numpy.fromfile(arguments.rows / "rows.i16", dtype="<i2").reshape(len(labels), -1)
right = labels[:, 1]

# Most repairs of a word are far from right; a quarter of those says the same as all.
RANK = 15
NEAR = 8
KEPT = 0.25
random = numpy.random.RandomState(arguments.seed)
near = (right == 1) | (rows[:, RANK] < NEAR)
kept = near | (random.rand(len(labels)) < KEPT)
weight = numpy.where(near, 1.0, 1.0 / KEPT)

trees = boost.grow(rows[kept], right[kept], weight[kept], arguments)
words = len(numpy.unique(labels[:, 0]))
print(f"{words} words, {len(labels)} repairs, {right.sum()} right, {trees} trees")
