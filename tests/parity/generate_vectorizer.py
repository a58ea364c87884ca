"""Writes vectorizer.json: rows of scikit-learn 1.9.1's vectorizers on a few sentences, by feature name.

    pip install scikit-learn==1.9.1
    python generate_vectorizer.py

The token patterns, and sentences without hyphens, apostrophes and (within words) punctuation, make both sides
see the same tokens. Each case fits on TEXTS and transforms TEXTS and NEW. Names carry the prefix of our group.
"""

import json
import pathlib

import sklearn
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

assert sklearn.__version__ == "1.9.1"

TEXTS = [
    "Both sides agreed to talk and talk again",
    "The council refused to talk to the envoy",
    "No talk no truce no peace said the council of Łódź",
    "The envoy left Größenwahn to others and agreed to a truce",
    "Forty ships and 40 crews wait",
]
NEW = ["No envoy agreed and no council agreed and no ship waits", "unheard words alone", ""]
MARKED = ["Talk! Talk, now!", "No: we wait; you talk?", "(Wait, wait.) Talk!"]

WORDS = r"(?u)\b\w+\b"
WORDS_AND_MARKS = r"(?u)\w+|[^\w\s]"
TFIDF = 'weighting = { tf = "sublinear", idf = "smooth", norm = "l2" }'
BINARY = 'weighting = { tf = "binary", idf = "none", norm = "none" }'


def tfidf(**settings):
    return TfidfVectorizer(sublinear_tf=True, smooth_idf=True, norm="l2", **settings)


def case(name, prefix, features, vectorizer, texts=TEXTS, new=NEW):
    vectorizer.fit(texts)
    names = vectorizer.get_feature_names_out()
    x = vectorizer.transform(texts + new).tocsr()
    x.sort_indices()
    rows = [
        {f"{prefix}:{names[j]}": float(v) for j, v in zip(row.indices, row.data)}
        for row in (x[i] for i in range(x.shape[0]))
    ]
    return {
        "name": name,
        "features": features,
        "fit": texts,
        "transform": texts + new,
        "names": [f"{prefix}:{n}" for n in names],
        "rows": rows,
    }


cases = [
    case(
        "words and pairs, tf-idf",
        "word",
        f"groups = [{{ word_ngrams = [1, 2] }}]\n{TFIDF}",
        tfidf(token_pattern=WORDS, ngram_range=(1, 2)),
    ),
    case(
        "words in two sentences or more, tf-idf",
        "word",
        f"groups = [{{ word_ngrams = [1, 1] }}]\nmin_document_frequency = 2\n{TFIDF}",
        tfidf(token_pattern=WORDS, min_df=2),
    ),
    case(
        "words and marks, tf-idf",
        "word",
        f'analyzer = {{ punctuation = "all" }}\ngroups = [{{ word_ngrams = [1, 3] }}]\n{TFIDF}',
        tfidf(token_pattern=WORDS_AND_MARKS, ngram_range=(1, 3)),
        MARKED,
        ["Talk, wait! Talk, wait!"],
    ),
    case(
        "words as written, counted",
        "word",
        "analyzer = { lowercase = false }\ngroups = [{ word_ngrams = [1, 1] }]\n"
        'weighting = { tf = "raw", idf = "none", norm = "none" }',
        CountVectorizer(token_pattern=WORDS, lowercase=False),
    ),
    case(
        "words, binary",
        "word",
        f"groups = [{{ word_ngrams = [1, 1] }}]\n{BINARY}",
        CountVectorizer(token_pattern=WORDS, binary=True),
    ),
    case(
        "characters within words, tf-idf",
        "in_word",
        f"groups = [{{ word_char_ngrams = [3, 5] }}]\n{TFIDF}",
        tfidf(analyzer="char_wb", ngram_range=(3, 5)),
    ),
    case(
        "characters across the text, tf-idf",
        "char",
        f"groups = [{{ char_ngrams = [2, 4] }}]\n{TFIDF}",
        tfidf(analyzer="char", ngram_range=(2, 4)),
        [*TEXTS, "Talk,   talk --  talk!"],
    ),
]
path = pathlib.Path(__file__).with_name("vectorizer.json")
path.write_text("[\n" + ",\n".join(json.dumps(c, ensure_ascii=False) for c in cases) + "\n]\n", encoding="utf-8")
