"""Compares the language layer with spaCy on raw text, token by token.

    python tests/agreement/compare.py --model FOLDER --binary target/release/examples/annotate_lines \
        --texts DIR_OR_FILE... [--tokens 100000] [--bars] [--show N]

FOLDER holds the pipeline's meta.json. Texts are .txt files, .jsonl files with a field "text", or
.json files with a map "docs"; each paragraph (what empty lines separate) is read on its own by both
sides. With --bars the exit code tells whether the agreement reaches what the project promises.
The fixture of `cargo test` is recorded by

    python tests/agreement/compare.py --model FOLDER --texts tests/agreement/texts \
        --save tests/agreement/spacy.jsonl
"""

import argparse
import json
import pathlib
import subprocess
import sys
import time

BARS = {"tokens": 99.9, "tags": 99.8, "heads": 99.8, "labels": 99.8, "entities": 99.8}


def paragraphs(paths):
    """Yields the paragraphs of all files, in the order of their paths."""
    for path in paths:
        path = pathlib.Path(path)
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in files:
            if file.suffix == ".jsonl":
                texts = [json.loads(line).get("text", "") for line in file.open(encoding="utf-8")]
            elif file.suffix == ".json":
                documents = json.load(file.open(encoding="utf-8"))["docs"]
                texts = [d if isinstance(d, str) else d["text"] for d in documents.values()]
            elif file.suffix == ".txt":
                texts = [file.read_text(encoding="utf-8")]
            else:
                continue
            for text in texts:
                for paragraph in text.replace("\r\n", "\n").split("\n\n"):
                    if paragraph.strip():
                        yield paragraph.strip()


def spacy_analysis(doc):
    """The analysis of a document in the form that annotate_lines writes."""
    return {
        "tokens": [[t.idx, t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_] for t in doc],
        "sentences": [s.start for s in doc.sents],
        "entities": [[e.start, e.end, e.label_] for e in doc.ents],
    }


def run_spacy(options):
    """Runs spaCy over the paragraphs, one by one, until there are tokens enough."""
    import spacy

    nlp = spacy.load(options.model)
    source = list(paragraphs(options.texts))
    texts, analyses, count = [], [], 0
    begin, busy = time.process_time(), 0.0
    for doc in nlp.pipe(source):
        busy += time.process_time() - begin
        texts.append(doc.text)
        analyses.append(spacy_analysis(doc))
        count += len(doc)
        if count >= options.tokens:
            break
        begin = time.process_time()
    print(f"spaCy: {count / busy:.0f} tokens/s", file=sys.stderr)
    return texts, analyses


def save(path, texts, analyses):
    """Writes one paragraph a line: its text and its analysis."""
    with open(path, "w", encoding="utf-8") as out:
        for text, analysis in zip(texts, analyses):
            line = json.dumps({"text": text, **analysis}, ensure_ascii=False, separators=(",", ":"))
            out.write(line + "\n")


def read_saved(path):
    """Reads what `save` wrote."""
    with open(path, encoding="utf-8") as lines:
        analyses = [json.loads(line) for line in lines]
    return [analysis.pop("text") for analysis in analyses], analyses


def run_binary(binary, model, texts):
    """Runs the Rust side over all texts."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = [binary] + ([model] if model else [])
    done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def percent(same, all_of_them):
    return 100.0 * same / all_of_them if all_of_them else 100.0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", help="the pipeline's folder")
    parser.add_argument("--binary", help="the built example annotate_lines")
    parser.add_argument("--texts", nargs="+", default=[])
    parser.add_argument("--save", help="write spaCy's analysis to this file")
    parser.add_argument("--expected", help="read spaCy's analysis from this file, saved before")
    parser.add_argument("--tokens", type=int, default=100_000, help="stop after so many tokens")
    parser.add_argument("--bars", action="store_true", help="fail below the bars")
    parser.add_argument("--show", type=int, default=0, help="print so many differences of each sort")
    parser.add_argument("--same-model", action="store_true", help="give FOLDER to the Rust side too")
    options = parser.parse_args()

    if options.expected:
        texts, expected = read_saved(options.expected)
    else:
        texts, expected = run_spacy(options)
    count = sum(len(analysis["tokens"]) for analysis in expected)
    if options.save:
        save(options.save, texts, expected)
    if not options.binary:
        return
    found = run_binary(options.binary, options.model if options.same_model else None, texts)

    names = ["tags", "pos", "labels", "heads", "lemmas", "sentences"]
    same = dict.fromkeys(["tokens"] + names, 0)
    shown = dict.fromkeys(["tokens", "entities"] + names, 0)
    entities = {"same": 0, "spacy": 0, "rust": 0}

    def show(sort, *what):
        shown[sort] += 1
        if shown[sort] <= options.show:
            print(sort, *what, sep="\t")

    for text, a, b in zip(texts, expected, found):
        ours = {(t[0], t[1]): i for i, t in enumerate(b["tokens"])}
        place = {i: ours.get((t[0], t[1])) for i, t in enumerate(a["tokens"])}
        starts = set(b["sentences"])
        for i, t in enumerate(a["tokens"]):
            if place[i] is None:
                show("tokens", repr(t[1]), repr(text[max(0, t[0] - 15):t[0] + 20]))
                continue
            same["tokens"] += 1
            o = b["tokens"][place[i]]
            values = {
                "tags": (t[2], o[2]), "pos": (t[3], o[3]), "labels": (t[4], o[4]),
                "heads": (place[t[5]], o[5]), "lemmas": (t[6], o[6]),
                "sentences": (i in a["sentences"], place[i] in starts),
            }
            for name, (theirs, our) in values.items():
                if theirs == our:
                    same[name] += 1
                else:
                    show(name, repr(t[1]), theirs, our, repr(text[max(0, t[0] - 30):t[0] + 30]))
        theirs = {(place[s], place[e - 1], label) for s, e, label in a["entities"]}
        our = {(s, e - 1, label) for s, e, label in b["entities"]}
        entities["same"] += len(theirs & our)
        entities["spacy"] += len(theirs)
        entities["rust"] += len(our)
        for entity in theirs ^ our:
            show("entities", entity, "spaCy" if entity in theirs else "Rust", text[:60])

    figures = {name: percent(value, count) for name, value in same.items()}
    figures["entities"] = percent(2 * entities["same"], entities["spacy"] + entities["rust"])
    print(f"{count} tokens in {len(texts)} paragraphs")
    for name, value in figures.items():
        print(f"{name:10} {value:8.3f}")
    low = [name for name, bar in BARS.items() if figures[name] < bar]
    if options.bars and low:
        sys.exit(f"below the bars: {', '.join(low)}")


if __name__ == "__main__":
    main()
