#!/usr/bin/env bash
# Runs the public yardsticks, prints their figures and fails where one falls below its floor, a
# little under what EVALUATION.md says of the day it was last looked at.
set -euo pipefail

data=../shared/eval
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cargo build --release --quiet --example evaluate
evaluate=target/release/examples/evaluate
"$evaluate" re3d "$data/re3d/re3d_dev.json" "$out/re3d.jsonl"
python3 "$data/re3d/score_re3d.py" "$out/re3d.jsonl" | tee "$out/re3d.txt"
"$evaluate" muc4 "$data/muc4/input_dev.jsonl" "$out/muc4.jsonl"
python3 "$data/muc4/score_muc.py" "$out/muc4.jsonl" "$data/muc4/gold_dev.jsonl" --brief | tee "$out/muc4.txt"

# The first figure after the label in the first line that holds it, from a line that holds the view.
floor() {
  local name=$1 least=$2 figure=$3
  if ! awk -v a="$figure" -v b="$least" 'BEGIN { exit !(a >= b) }'; then
    echo "$name: $figure is below $least" >&2
    exit 1
  fi
}
f1() { sed -nE "s/.*$1.*F1 +([0-9.]+).*/\1/p"; }
floor "re3d entities, overlap" 79 "$(f1 overlap < "$out/re3d.txt" | head -1)"
floor "re3d entities, exact" 67 "$(f1 exact < "$out/re3d.txt" | head -1)"
floor "re3d proper names, overlap" 84 "$(sed -n '/named_N2/,$p' "$out/re3d.txt" | f1 overlap | head -1)"
floor "re3d relations, typed" 25 "$(f1 ' typed' < "$out/re3d.txt" | tail -1)"
floor "MUC-4 fillers" 43.5 "$(awk '/micro/ { print $4; exit }' "$out/muc4.txt")"
floor "MUC-4 types" 74.5 "$(awk '/incident types/ { on = 1 } on && $1 == "all" { print $4; exit }' "$out/muc4.txt")"
floor "MUC-4 relevance" 79 "$(awk '/relevance/ { print $4; exit }' "$out/muc4.txt")"
