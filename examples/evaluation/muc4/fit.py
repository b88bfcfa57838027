"""Learns weights.csv from the train part of MUC-4 (needs numpy and scikit-learn).

    cargo run --release --example evaluate -- muc4-features input_train.jsonl features.jsonl
    python3 examples/evaluation/muc4/fit.py features.jsonl gold_train.jsonl SCORER_FOLDER

Logistic regressions over reports, incidents and fillers, each over the out-of-fold answers of the one
before; the thresholds are the middle of those that score nearly best in cross-validation on the same train part. Nothing else is read.
"""

import csv
import json
import pathlib
import sys

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

features_file, gold_file, scorer = sys.argv[1:4]
sys.path.insert(0, scorer)
import score_muc as S  # noqa: E402

FOLDS = 10
gold = S.load_gold(gold_file)
for report in gold.values():
    report["gtt"] = []  # a slow measure that is not used here
documents = [json.loads(line) for line in open(features_file)]
keys = {v: k for k, v in S.ROLES.items()}


class Table:
    """Sets of features as a sparse matrix, rare ones left out."""

    def __init__(self, rows, least):
        seen = {}
        for row in rows:
            for f in row:
                seen[f] = seen.get(f, 0) + 1
        self.names = sorted(f for f, n in seen.items() if n >= least)
        self.index = {f: i for i, f in enumerate(self.names)}
        self.matrix = self.of(rows)

    def of(self, rows):
        at, columns = [0], []
        for row in rows:
            columns += [self.index[f] for f in sorted(row) if f in self.index]
            at.append(len(columns))
        return csr_matrix((np.ones(len(columns)), columns, at), (len(rows), len(self.names)))


def with_numbers(table, numbers):
    from scipy.sparse import hstack

    return hstack([table.matrix, csr_matrix(np.array(numbers).T)]).tocsr() if numbers else table.matrix


def learn(matrix, labels, groups, strength, penalty="l2"):
    """The model over everything, and the out-of-fold log-odds. Folds are runs of reports, for those
    that follow one another tell of the same events."""
    make = lambda: LogisticRegression(C=strength, penalty=penalty, solver="liblinear", max_iter=5000, random_state=0)
    outside = np.zeros(len(labels))
    fold = np.asarray(groups) * FOLDS // len(documents)
    for k in range(FOLDS):
        train, test = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        outside[test] = make().fit(matrix[train], labels[train]).decision_function(matrix[test])
    return make().fit(matrix, labels), outside


# ---- reports
names = [d["doc"] for d in documents]
relevant = np.array([bool(gold[n]["incidents"]) for n in names], int)
words = Table([d["words"] for d in documents], 12)
order = np.arange(len(names))


def learn_words(labels):
    """Few words that tell most, and all words a little: the mean of both."""
    few, few_out = learn(words.matrix, labels, order, 0.25, "l1")
    many, many_out = learn(words.matrix, labels, order, 0.02)
    many.coef_, many.intercept_ = (few.coef_ + many.coef_) / 2, (few.intercept_ + many.intercept_) / 2
    outside = (few_out + many_out) / 2
    return many, outside, ((outside > 0) == labels).mean()


report, report_out, right = learn_words(relevant)
print("reports: accuracy out of fold %.3f" % right)
# One more for each type that enough reports tell of.
types_of = [{t for i in gold[n]["incidents"] for t in i["type"]} for n in names]
kinds = {}
for kind in sorted(set().union(*types_of)):
    labels = np.array([kind in types for types in types_of], int)
    if labels.sum() >= 50:
        kinds[kind] = learn_words(labels)
        print("reports of %s: accuracy out of fold %.3f, base %.3f" % (kind, kinds[kind][2], labels.mean()))


def words_of_kind(report_number, kind):
    return (kinds[kind][1] if kind in kinds else report_out)[report_number]


# ---- incidents
rows, labels, groups, where, of_kind = [], [], [], [], []
for n, d in enumerate(documents):
    number = "n=%d" % min(len(d["incidents"]), 6)
    for k, i in enumerate(d["incidents"]):
        rows.append(i["features"] + [number])
        labels.append(int(S.ptype(i["kind"]) in types_of[n]))
        groups.append(n)
        of_kind.append(words_of_kind(n, S.ptype(i["kind"])))
        where.append((n, k))
labels, groups = np.array(labels), np.array(groups)
told = Table(rows, 20)
incident, incident_out = learn(with_numbers(told, [report_out[groups]]), labels, groups, 0.02)
# Whether the task asks for an incident is told better with what the words say of its type; whether it
# asks for a filler is not.
choice, wanted_out = learn(with_numbers(told, [report_out[groups], of_kind]), labels, groups, 0.02)
print("incidents: %d, accuracy out of fold %.3f, base %.3f" % (len(labels), ((wanted_out > 0) == labels).mean(), labels.mean()))
log_odds = dict(zip(where, incident_out))
wanted_odds = dict(zip(where, wanted_out))

# ---- fillers
rows, hits, of, at = [], [], [], []
for n, d in enumerate(documents):
    for k, i in enumerate(d["incidents"]):
        for j, f in enumerate(i["fillers"]):
            wanted = [[S.norm(x) for x in e] for e in gold[d["doc"]]["ree"][keys[f["slot"]]]]
            rows.append(f["features"])
            hits.append(int(any(S.m_exact([S.norm(f["name"])], e) for e in wanted)))
            of.append((n, k))
            at.append(j)
hits = np.array(hits)
owner = np.array([n for n, _ in of])
parts = Table(rows, 6)
numbers = [report_out[owner], np.array([log_odds[x] for x in of])]
filler, filler_out = learn(with_numbers(parts, numbers), hits, owner, 0.5)
print("fillers: %d, accuracy out of fold %.3f, base %.3f" % (len(hits), ((filler_out > 0) == hits).mean(), hits.mean()))
part_odds = {(n, k, j): x for (n, k), j, x in zip(of, at, filler_out)}


def predictions(incident_threshold, filler_threshold):
    out = {}
    for n, d in enumerate(documents):
        chosen = []
        for k, i in enumerate(d["incidents"]):
            if wanted_odds[n, k] <= incident_threshold:
                continue
            template = {"type": i["kind"], "stage": i["stage"]}
            for j, f in enumerate(i["fillers"]):
                if part_odds[n, k, j] > filler_threshold:
                    template.setdefault(f["slot"], []).append(f["name"])
            chosen.append(template)
        out[d["doc"]] = {"doc": d["doc"], "incidents": chosen}
    return out


# The two thresholds together: incident types, relevance and fillers, each against its bar. Many
# pairs are nearly as good as the best; the middle of those is what the next reports are least
# likely to be unlucky with.
firsts, seconds = np.arange(-0.8, 0.61, 0.1), np.arange(-1.8, -0.39, 0.1)
grid = np.zeros((len(firsts), len(seconds)))
for a, first in enumerate(firsts):
    for b, second in enumerate(seconds):
        result, _ = S.evaluate(predictions(first, second), gold)
        types, relevance = result["type"]["all"][2], result["relevance"]["accuracy"]
        precision, recall, parts_f = result["exact"]["micro"]
        grid[a, b] = types / 75 + relevance / 80 + 2 * parts_f / 45 - 0.02 * max(0, abs(precision - recall) - 12)
        if b == 6:
            print("incident %.1f: types %.1f relevance %.1f fillers %.1f %.1f %.1f" % (first, types, relevance, precision, recall, parts_f))
good = grid >= grid.max() - 0.02
first, second = (good * firsts[:, None]).sum() / good.sum(), (good * seconds).sum() / good.sum()
print("thresholds %.2f %.2f, of %d pairs" % (first, second, good.sum()))

table = {"wanted/threshold": first, "filler/threshold": second}
models = [("report", report, words.names, []), ("incident", incident, told.names, ["report"]),
          ("wanted", choice, told.names, ["report", "kind"]),
          ("filler", filler, parts.names, ["report", "incident"])]
models += [("report-" + kind, model, words.names, []) for kind, (model, _, _) in kinds.items()]
for name, model, features, extra in models:
    table[name + "/bias"] = model.intercept_[0]
    for f, w in zip(features + extra, model.coef_[0]):
        if abs(w) >= 0.005:
            table[name + "/" + f] = w
with open(pathlib.Path(__file__).with_name("weights.csv"), "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["feature", "weight"])
    writer.writerows((k, "%.3f" % table[k]) for k in sorted(table))
