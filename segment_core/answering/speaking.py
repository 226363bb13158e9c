"""Speaking: which customers wrote of something, and which of them complained about it."""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers
from segment_core.errors import DataError
from segment_core.labelling.rules import folded
from segment_core.privacy import untagged
from segment_core.traits.moods import rate_text
from segment_core.traits.rubric import SENTIMENT
from segment_core.traits.writings import sentences, writings

SOUR = -0.15
"""From this sentiment on a sentence complains."""

TOPICS: Mapping[str, str] = {
    "delivery": "deliver|courier|shipping|shipped|parcel|shipment|dispatch|driver|postage|配送|送货|快递|"
    "物流|发货|送到|运费|送得",
    "price": r"pric|expensive|overpriced|cheap|cost|budget|afford|too much money|价格|太贵|便宜|价钱|划算",
    "quality": r"qualit|broke|broken|flimsy|sturdy"
    r"|scratch|crack|wobbl|durab|defect|faulty|质量|做工|坏了|破损|结实|瑕疵",
    "service": r"service|support|staff|agent|helpdesk|hotline|chat|客服|服务|店员|售后",
    "returns": r"\breturn|refund|exchange|send (?:it|them) back|sent (?:it|them) back|退货|退款|换货|退回",
    "website": r"website|\bsite\b|checkout|web shop|webshop|网站|网页|结账",
    "app": r"\bapps?\b|应用|小程序|手机端|app",
    "packaging": r"packag|packed|\bbox(?:es)?\b|wrapping|包装|盒子",
    "design": r"design|style|colou?r|elegan|设计|款式|颜色|风格",
    "size": r"\bsiz|too (?:small|large|big|short|long|tight)|尺寸|大小|太[大小]",
    "taste": r"\btast|flavou?r|口味|味道|难吃|好吃",
}
"""What customers write of, as expressions over folded text; each is a topic that can be asked about."""


def said(customers: Customers, about: str, *, sour: bool) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which customers wrote anything (n,), and which wrote of `about` (n,), complaining if `sour`.

    `about` is a topic, or words that must stand in one sentence; "" is anything. A sentence complains whose sentiment
    by the word lists of `traits.moods` is below -0.15; sarcasm is not seen, and languages without lists never complain.
    """
    n = len(customers)
    try:
        texts = writings(customers)
    except DataError:
        return np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    rows = customers.frame.index.get_indexer(pd.Index(texts["customer"].astype(str)))
    wrote, meant = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    wrote[rows] = True
    known = {text: _has(text, about, sour=sour) for text in texts["text"].unique()}
    meant[rows[texts["text"].map(known).to_numpy(dtype=bool)]] = True
    return wrote, meant


def _has(text: str, about: str, *, sour: bool) -> bool:
    pattern = re.compile(TOPICS.get(about) or ".*".join(map(re.escape, folded(about).split())))
    plain = untagged(text)
    if not pattern.search(folded(plain)):
        return False
    parts = sentences(plain)
    return any(pattern.search(folded(part)) and (not sour or _sour(part)) for part in parts)


def _sour(sentence: str) -> bool:
    found = rate_text(sentence)
    return found is not None and any(one.name == SENTIMENT and one.score <= SOUR for one in found)
