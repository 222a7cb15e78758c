"""Fits the trees that score words, on examples that `unspin-train examples` wrote.

    python3 trees.py EXAMPLES OUT [--seed N] [--trees N]

Needs the packages of requirements.txt. Two threads and fixed seeds, so the same examples give the same trees on the
same machine with the same versions. OUT is CatBoost's JSON format, which `unspin-train assemble` turns into integers.
The trees are oblivious: all nodes of a level ask one question, which the linter answers for many words at once.
"""

import numpy

import boost

arguments = boost.arguments(__doc__, trees=300)

words = numpy.fromfile(arguments.rows / "words.i32", dtype="<i4").reshape(-1, 4)
rows = numpy.fromfile(arguments.rows / "rows.i16", dtype="<i2").reshape(len(words), -1)
put_in = words[:, 1]

# Words that were put in and fit as well as what stood there (2) teach nothing.
# Most words are as their author wrote them; three of five of those say the same as all.
KEPT = 0.6
random = numpy.random.RandomState(arguments.seed)
kept = (put_in == 1) | ((put_in == 0) & (random.rand(len(words)) < KEPT))
weight = numpy.where(put_in == 1, 1.0, 1.0 / KEPT)

trees = boost.grow(rows[kept], put_in[kept], weight[kept], arguments)
print(f"{kept.sum()} words, {put_in[kept].mean():.3f} put in, {trees} trees")
