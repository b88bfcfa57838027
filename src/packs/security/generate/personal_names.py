"""Writes lexicons/first_names.csv and lexicons/surnames.csv.

    pip install Faker==40.54.0 names==0.3.0 wordfreq==3.1.1 english-words==2.0.2
    python personal_names.py ..

Given and family names of the world's locales come out of Faker (MIT), the most frequent family and
given names of the United States census of 1990 (public domain) out of `names` (MIT); the files
`given_names_extra.txt` and `surnames_extra.txt` add the romanisations of names that Faker holds in
their own scripts only. Cyrillic and Georgian names are romanised letter by letter. wordfreq and
english-words only decide which names are left out because they are everyday words.
"""

import csv
import importlib
import pkgutil
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import faker.providers.person as person
import names as census
from english_words import get_english_words_set
from wordfreq import zipf_frequency

HERE, PACK = Path(__file__).parent, Path(sys.argv[1])
WORDS = {w for w in get_english_words_set(["web2"]) if w.islower()}

CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґѓќљњџјѕћђў", "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g gj kj lj nj dz j dz c dj u".split()))
UKRAINIAN = CYRILLIC | {"г": "h", "и": "y", "й": "i", "ь": "_"}
GEORGIAN = dict(zip("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split()))
TABLES = {"ru_RU": CYRILLIC, "bg_BG": CYRILLIC, "mk_MK": CYRILLIC, "uk_UA": UKRAINIAN, "ka_GE": GEORGIAN}
# Icelandic patronymics, Irish-language forms and Thai transcriptions that no English report uses.
SKIPPED = {"is_IS", "ga_IE", "en_TH", "de_LI"}


def romanised(name, table):
    out = "".join(table.get(c, c) for c in name.lower()).replace("_", "")
    if table is not GEORGIAN and out.endswith("iy"):
        out = out[:-2] + "y"
    return out[:1].upper() + out[1:]


def is_name(name):
    return (
        3 <= len(name) <= 20
        and name[0].isupper()
        and not name.isupper()
        and all(unicodedata.name(c, "").startswith("LATIN") or c in "'-" for c in name)
    )


def locale_names():
    """Yields (locale, list, name) of every name in Latin letters."""
    for locale in sorted(m.name for m in pkgutil.iter_modules(person.__path__)):
        if locale in SKIPPED:
            continue
        provider = importlib.import_module("faker.providers.person." + locale).Provider
        for attribute in sorted(dir(provider)):
            values = getattr(provider, attribute)
            if "name" not in attribute or not hasattr(values, "__iter__") or "language" in attribute or "pair" in attribute:
                continue
            for name in sorted(set(values)):
                if not isinstance(name, str):
                    continue
                name = name.replace("’", "'").replace("\u2018", "'")
                if locale in TABLES:
                    name = romanised(name, TABLES[locale])
                if "romanized" in attribute and name.isupper():
                    name = name.title() if "last" in attribute else name.capitalize()
                if is_name(name):
                    yield locale, attribute, name


def country_words():
    words = set()
    with open(PACK / "gazetteers/countries.csv", encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("name", "aliases", "demonyms", "people"):
                words.update(w.lstrip("=~").lower() for w in row[column].split("|"))
    return words


CALENDAR = set("january february march april may june july august september october november december "
               "monday tuesday wednesday thursday friday saturday sunday".split())
RANKS = set("major general colonel captain sergeant corporal admiral marshal prince princess king queen duke "
            "earl baron judge bishop deacon pope minister president chief doctor sir lady lord sultan emir sheikh "
            "mullah maulana mufti qari agha justice officer father mother sister brother messiah".split())
NO_NAMES = CALENDAR | RANKS | country_words()

first = defaultdict(lambda: defaultdict(set))
for locale, attribute, name in locale_names():
    if attribute.startswith("first") and "kana" not in attribute:
        gender = "f" if "female" in attribute else "m" if "male" in attribute else "u"
        first[name][gender].add(locale)
frequent = set()
for gender, file, size in (("m", "first:male", 1219), ("f", "first:female", 2500)):
    for line in open(census.FILES[file]):
        name = line.split()[0].capitalize()
        if len(name) > 2 and size > 0:
            first[name][gender].add("census")
            frequent.add(name)
            size -= 1
for line in open(HERE / "given_names_extra.txt", encoding="utf8"):
    if not line.startswith("#"):
        head, _, tail = line.partition(":")
        for name in tail.split():
            if len(name) > 1:
                first[name][head[0]].add("extra")

rows = []
for name, votes in first.items():
    low = name.lower()
    m, f = len(votes["m"]), len(votes["f"])
    wide = len(votes["m"] | votes["f"] | votes["u"])
    if low in NO_NAMES:
        continue
    if votes["m"] | votes["f"] | votes["u"] == {"en"}:
        continue  # a long tail of rare baby names, many of them words and places
    if low in WORDS and zipf_frequency(low, "en") > 3.0 and name not in frequent and wide < 3:
        continue
    gender = "m" if m > 2 * f else "f" if f > 2 * m else "u"
    rows.append((name, gender))
with open(PACK / "lexicons/first_names.csv", "w", encoding="utf8", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows([("name", "gender"), *sorted(rows, key=lambda r: (r[0].lower(), r))])

last = set()
IRISH = {}
for locale, attribute, name in locale_names():
    if "last" in attribute and "without" not in attribute:
        if name.startswith(("O'", "Mc", "Mac")):
            IRISH[name.lower().replace("'", "")] = name
        last.add(name)
for number, line in enumerate(open(census.FILES["last"])):
    low = line.split()[0].lower()
    if number == 8000:
        break
    name = IRISH.get(low) or ("Mc" + low[2:].capitalize() if low.startswith("mc") and len(low) > 4 else low.capitalize())
    if len(name) > 2:
        last.add(name)
for line in open(HERE / "surnames_extra.txt", encoding="utf8"):
    if not line.startswith("#"):
        last.update(line.partition(":")[2].split())
# Words so frequent that a capital says nothing.
def everyday(name):
    low = name.lower()
    return low in WORDS and zipf_frequency(low, "en") > 5.2
last = sorted(n for n in last if n.lower() not in NO_NAMES | {"said", "doe"} and not everyday(n))
last.sort(key=lambda n: (n.lower(), n))
with open(PACK / "lexicons/surnames.csv", "w", encoding="utf8", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows([("name",), *((n,) for n in last)])
print(len(rows), "given names,", len(last), "family names")
