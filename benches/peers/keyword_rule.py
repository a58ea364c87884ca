#!/usr/bin/env python3
"""A keyword rule of ten minutes, the yardstick of the stance model: refusal words count against, acceptance words in
favor, a negator within three words before turns either round.

    python3 benches/peers/keyword_rule.py TABLE.csv...     tables with the columns text and stance
"""
import csv
import re
import sys

AGAINST = (
    r"reject|refus|rebuff|ruled? out|walk(ed|s|ing)? (out|away)|suspend|boycott|quit|withdr[ae]w|pull(ed)? out|no intention"
    r"|not negotiate|turn(ed)? down|spurn|dismiss|oppos|block|obstacle|scrap|cancel|abandon|stall|defy|defied|surrender"
    r"|victory|pointless|violat"
)
FAVOR = (
    r"agree|accept|welcom|urg|call(s|ed|ing)? (for|on)|propos|offer|mediat|host|broker|ready|willing|open to|resum|sign(ed|s)?\b"
    r"|extend|commit|support|invit|join|meet|talks with|ceasefire|cease-fire|truce|peace|dialogue|negotiat"
)
NEGATED = r"(?:never|not|n't|n’t|no|without|refus\w*|reject\w*|den(?:y|ied|ies))\W+(?:\w+\W+){0,3}$"
REFUSAL_WEIGHT = 1.5


def stance(text):
    text, score = text.lower(), 0.0
    for words, sign, weight in ((AGAINST, -1, REFUSAL_WEIGHT), (FAVOR, 1, 1.0)):
        for match in re.finditer(words, text):
            turned = re.search(NEGATED, text[: match.start()])
            score += -sign if turned and sign > 0 else weight if turned else sign * weight
    return "favor" if score > 0 else "against" if score < 0 else "neutral"


def macro_f1(truth, predicted):
    scores = []
    for label in ("against", "neutral", "favor"):
        hits = sum(t == p == label for t, p in zip(truth, predicted))
        counted = truth.count(label) + predicted.count(label)
        scores.append(2 * hits / counted if counted else 0.0)
    return sum(scores) / len(scores)


for path in sys.argv[1:]:
    with open(path, newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    score = macro_f1([r["stance"] for r in rows], [stance(r["text"]) for r in rows])
    print(f"{path}: {len(rows)} rows, macro F1 {score:.3f}")
