"""Flaws: what goes wrong in real files, planted in the sample's tables and listed row by row."""

from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np
import pandas as pd

from segment_core.intake.samples import personal
from segment_core.intake.samples.names import FIRST_NAMES, LAST_NAMES, STREETS, chinese_street

Row = dict[str, str]

_ITEM_SHARE = {"tickets": 0.13, "reviews": 0.025}
_ALIKE_SHARE = 0.012
_REPEATED_SHARE = {"order_lines": 0.003, "reviews": 0.008, "tickets": 0.01}
KEYS = {
    "order_lines": ("order_id", "line"),
    "reviews": ("review_id",),
    "tickets": ("ticket_id",),
    "orders": ("order_id",),
}


def row_id(table: str, row: pd.Series) -> str:
    """Return how a row is named in the truth: its key, parts joined by a slash."""
    return "/".join(str(row[name]) for name in KEYS[table])


def plant_orphans(tables: dict[str, pd.DataFrame], random: np.random.Generator) -> list[Row]:
    """Cut rows off from what they belong to: guests' orders, orders, lines and reviews of nobody knows what."""
    orders, lines, reviews = tables["orders"], tables["order_lines"], tables["reviews"]
    n = max(len(orders) // 400, 3)
    cut = random.choice(len(orders), size=4 * n, replace=False)
    found = []
    for at, kind in [(at, "guest order") for at in cut[n:]] + [(at, "orphan order") for at in cut[:n]]:
        orders.loc[at, "customer_id"] = "" if kind == "guest order" else f"C9{int(random.integers(1000)):04d}"
        found.append({"table": "orders", "row_id": orders.loc[at, "order_id"], "kind": kind, "of": ""})
    lost = lines.loc[np.sort(random.choice(len(lines), size=n, replace=False))].copy()
    lost["order_id"] = [f"O9{number:05d}" for number in random.choice(10**5, size=n, replace=False)]
    lost["line"] = "1"
    tables["order_lines"] = pd.concat([lines, lost], ignore_index=True)
    found += [
        {"table": "order_lines", "row_id": f"{order}/1", "kind": "orphan line", "of": ""} for order in lost["order_id"]
    ]
    for at in sorted(random.choice(len(reviews), size=n, replace=False)):
        reviews.loc[at, "order_id"] = f"O8{int(random.integers(10**5)):05d}"
        found.append({"table": "reviews", "row_id": reviews.loc[at, "review_id"], "kind": "orphan review", "of": ""})
    return found


def plant_alike(tables: dict[str, pd.DataFrame], language: pd.Series, random: np.random.Generator) -> list[Row]:
    """Overwrite some reviews with another's text, changed in typing, capitals or marks only."""
    reviews, found = tables["reviews"], []
    texts = reviews["text"].copy()
    used: set[int] = set()
    for spoken in ("en", "zh"):
        long_enough = np.flatnonzero((language == spoken) & (texts.str.len() > (12 if spoken == "zh" else 40)))
        n = max(round(len(long_enough) * _ALIKE_SHARE), 2)
        for copy, source in random.choice(long_enough, size=(n, 2), replace=False):
            reviews.loc[copy, "text"] = _retyped(texts[source], spoken, random)
            ids = reviews["review_id"]
            found.append({"table": "reviews", "row_id": ids[copy], "kind": "near-duplicate text", "of": ids[source]})
            used |= {int(copy), int(source)}
    return found


def plant_personal(
    tables: dict[str, pd.DataFrame],
    authors: dict[str, pd.DataFrame],
    taken: set[str],
    random: np.random.Generator,
) -> list[Row]:
    """Let some texts tell an email, a number, an address or a name; return what was told where, by whom."""
    found = []
    for name, share in _ITEM_SHARE.items():
        table, author = tables[name], authors[name]
        key = KEYS[name][0]
        free = np.flatnonzero(~table[key].isin(taken) & (author["customer_id"] != ""))
        texts, keys, tellers = table["text"].tolist(), table[key].tolist(), author.to_dict("records")
        for at in random.choice(free, size=round(len(free) * share), replace=False):
            teller = tellers[at]
            kinds = personal.KINDS_IN_TEXT[teller["language"]]
            kind = kinds[int(random.integers(len(kinds)))]
            value = _told(kind, teller, random)
            sentences = personal.SENTENCES[teller["language"]][kind]
            sentence = sentences[int(random.integers(len(sentences)))].format(value=value)
            between = "" if teller["language"] == "zh" else " "
            texts[at] = f"{texts[at]}{between}{sentence}"
            found.append(
                {
                    "table": name,
                    "row_id": keys[at],
                    "kind": kind,
                    "value": value,
                    "customer_id": teller["customer_id"],
                }
            )
        tables[name] = table.assign(text=texts)
    return found


def plant_repeats(tables: dict[str, pd.DataFrame], taken: set[str], random: np.random.Generator) -> list[Row]:
    """Repeat some rows exactly, each right below itself."""
    found = []
    for name, share in _REPEATED_SHARE.items():
        table = tables[name]
        free = np.flatnonzero(~table[KEYS[name][0]].isin(taken))
        repeated = np.sort(random.choice(free, size=max(round(len(free) * share), 2), replace=False))
        places = np.sort(np.concatenate([np.arange(len(table)), repeated]))
        for at in repeated:
            key = row_id(name, table.loc[at])
            found.append({"table": name, "row_id": key, "kind": "exact duplicate row", "of": key})
        tables[name] = table.iloc[places].reset_index(drop=True)
    return found


def _told(kind: str, teller: Mapping[Hashable, str], random: np.random.Generator) -> str:
    """Return what somebody gives away: their own on file where there is one, now and then another."""
    language = teller["language"]
    own = {"email": teller["email"], "phone": teller["phone"], "name": teller["name"]}.get(kind, "")
    if own and (kind == "name" or random.random() < 0.5):
        return own
    streets: Sequence[str] = STREETS[language]
    street = streets[int(random.integers(len(streets)))]
    make: dict[str, Callable[[], str]] = {
        "email": lambda: _address(language, random),
        "phone": lambda: (
            personal.chinese_mobile(random)
            if language == "zh"
            else personal.drama_phone(random, ("GB", "US")[int(random.integers(2))])
        ),
        "iban": lambda: personal.iban(random),
        "card": lambda: personal.card(random, language),
        "id": lambda: personal.chinese_id(random),
        "ip": lambda: personal.ip(random),
        "address": lambda: (
            f"{teller['city']}市{chinese_street(street, int(random.integers(1, 180)), random)}"
            if language == "zh"
            else f"{int(random.integers(1, 180))} {street}, {teller['city']} {teller['postcode']}"
        ),
    }
    return make[kind]()


def _address(language: str, random: np.random.Generator) -> str:
    first, last = (
        names[language][int(random.integers(len(names[language])))][-1] for names in (FIRST_NAMES, LAST_NAMES)
    )
    return f"{first}_{last}{int(random.integers(100))}@mail.example.org"


def _retyped(text: str, language: str, random: np.random.Generator) -> str:
    way = int(random.integers(3))
    if language == "zh":
        breathless = text.replace("，", " ") if "，" in text else f"{text}。。"
        return (breathless, f"{text.rstrip('。！~…')}！！", f"{text[:4]}{text[5:]}")[way]
    at = int(random.integers(5, len(text) - 5))
    swapped = f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"
    return (text.upper(), f"{text.lower().rstrip('.!')}!!", swapped if swapped != text else text.upper())[way]
