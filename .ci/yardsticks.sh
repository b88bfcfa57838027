#!/usr/bin/env bash
# Runs the public yardsticks and prints their figures; EVALUATION.md says what they were when they
# were last looked at.
set -euo pipefail

data=../shared/eval
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cargo build --release --quiet --example evaluate
evaluate=target/release/examples/evaluate
"$evaluate" re3d "$data/re3d/re3d_dev.json" "$out/re3d.jsonl"
python3 "$data/re3d/score_re3d.py" "$out/re3d.jsonl"
"$evaluate" muc4 "$data/muc4/input_dev.jsonl" "$out/muc4.jsonl"
python3 "$data/muc4/score_muc.py" "$out/muc4.jsonl" "$data/muc4/gold_dev.jsonl" --brief
