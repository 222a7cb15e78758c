"""What `trees.py` and `ranker.py` share: their arguments, and how CatBoost grows oblivious trees for the linter.

Two threads and fixed seeds, so the same rows give the same trees on the same machine with the same versions.
"""

import argparse
import pathlib

import catboost
import numpy


def arguments(description, trees):
    """Folder with the rows, file to write, `--seed` and `--trees` (by default so many)."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("rows", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trees", type=int, default=trees)
    return parser.parse_args()


def grow(rows, truth, weight, arguments):
    """Fits trees to rows of features, each true (1) or not (0), and writes them as CatBoost's JSON."""
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
    model.fit(catboost.Pool(rows.astype(numpy.float32), truth, weight=weight))
    model.save_model(str(arguments.out), format="json")
    return model.tree_count_
