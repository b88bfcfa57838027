"""Times spaCy and the language layer on the same texts, in turns, on one core each.

    python tests/agreement/speed.py --model FOLDER --binary target/release/examples/annotate_lines \
        --texts DIR_OR_FILE... [--rounds 3]

The Rust side times its reading alone; spaCy's side times `nlp.pipe` alone. Neither counts loading.
"""

import argparse
import json
import os
import re
import subprocess
import time

from compare import paragraphs

os.environ.setdefault("OMP_NUM_THREADS", "1")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--texts", nargs="+", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    import spacy

    texts = list(paragraphs(options.texts))
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
    nlp = spacy.load(options.model)
    list(nlp.pipe(texts[:20]))
    for _ in range(options.rounds):
        begin = time.perf_counter()
        tokens = sum(len(doc) for doc in nlp.pipe(texts))
        seconds = time.perf_counter() - begin
        done = subprocess.run([options.binary], input=lines, capture_output=True, check=True)
        said = done.stderr.decode().strip()
        rust = float(re.search(r"([0-9]+) tokens/s", said).group(1))
        theirs = tokens / seconds
        print(f"{tokens} tokens: spaCy {theirs:,.0f}/s, Rust {rust:,.0f}/s, {rust / theirs:.1f} times; {said}")


if __name__ == "__main__":
    main()
