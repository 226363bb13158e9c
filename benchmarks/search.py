"""Search: recall and precision on thirty questions to the sample whose answers are known, beside TF-IDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.tables import Table
from segment_core.artifacts import Customers, Query, Step, silent
from segment_core.features.text import texts_of
from segment_core.plan import Plan
from segment_core.searching import alike, find, index_of, passages_of
from segment_core.study import Study
from tests.search_questions import QUESTIONS, Question, shop, shop_zh

MAKERS: dict[str, Callable[[int], Customers]] = {"shop": shop, "shop_zh": shop_zh}
KINDS = {
    "words": "Words",
    "meaning": "Meaning, English",
    "meaning zh": "Meaning, Chinese",
    "filter": "Filters",
    "combined": "Combined",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, how many customers answer it, and recall and precision of ours and of the peer."""

    question: Question
    n: int
    ours: tuple[float, float]
    peer: tuple[float, float]

    @property
    def kind(self) -> str:
        """Return the kind of question, meaning in Chinese apart."""
        chinese = self.question.kind == "meaning" and self.question.where == "shop_zh"
        return "meaning zh" if chinese else self.question.kind


def asked(n_shop: int = 1500, n_zh: int = 1500, encoder: Step = Step("auto")) -> list[Asked]:
    """Ask all thirty questions; of the Chinese sample about 40 % of the customers write Chinese."""
    found: list[Asked] = []
    for where, n in (("shop", n_shop), ("shop_zh", n_zh)):
        customers = MAKERS[where](n)
        plan = Plan(encoder=encoder)
        passages = passages_of(customers)
        index = index_of(Study(plan, plan, customers, where), passages, silent, secrets={})
        peer = Peer(customers)
        for question in (one for one in QUESTIONS if one.where == where):
            query = question.query
            near = None
            if query.meaning:
                near = alike(index, passages, len(customers), query.meaning, silent, secrets={})
            ids = find(customers, query, alike=near).ids
            truth = question.answers(customers)
            taken = near.cut if near is not None else len(ids)
            other = peer.find(query, taken)
            found.append(Asked(question, len(truth), _rates(ids, truth), _rates(other, truth)))
    return found


class Peer:
    """Find by scikit-learn's TF-IDF: the customers whose texts are nearest to what was asked, as many as ours takes.

    Conditions are met by ours on both sides; words are asked as a text like any other.
    """

    def __init__(self, customers: Customers) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.customers = customers
        texts = texts_of(customers)
        chinese = sum(any("一" <= letter <= "鿿" for letter in text) for text in texts) > len(texts) / 2
        self.vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)) if chinese else TfidfVectorizer()
        self.matrix = self.vectorizer.fit_transform(texts)

    def find(self, query: Query, n: int) -> Sequence[str]:
        """Return the ids of the `n` nearest customers who share a word, and meet the conditions."""
        ids = self.customers.frame.index.to_numpy()
        text = " ".join(part for part in (query.meaning, query.words.replace('"', "")) if part)
        if text:
            near = (self.matrix @ self.vectorizer.transform([text]).T).toarray()[:, 0]
            order = np.argsort(-near, kind="stable")[:n]
            ids = ids[order[near[order] > 0]]
        if not query.conditions:
            return list(ids)
        met = set(find(self.customers, replace(query, words="", meaning="")).ids)
        return [id_ for id_ in ids if id_ in met]


def by_kind(found: Sequence[Asked]) -> dict[str, tuple[int, float, float, float, float]]:
    """Return for each kind how many questions there are, and mean recall and precision of ours and the peer."""
    rows = {}
    for kind in KINDS:
        own = [one for one in found if one.kind == kind]
        rows[kind] = (len(own), *np.mean([(*one.ours, *one.peer) for one in own], axis=0).tolist())
    return rows


def measure(n_shop: int = 1500, n_zh: int = 1500) -> Table:
    found = asked(n_shop, n_zh)
    rows = [
        (KINDS[kind], str(n), *(f"{value:.2f}" for value in values)) for kind, (n, *values) in by_kind(found).items()
    ]
    return Table(
        "Searching the sample: thirty questions whose answers are known",
        ("", "questions", "recall", "precision", "TF-IDF: recall", "precision"),
        rows,
        f"{n_shop:,} customers of the sample who write English, and those of {n_zh:,} of its tables who write Chinese. "
        "Who answers is known from the sentences' templates and the file's cells. As many are taken by meaning as the "
        "default rule says; scikit-learn's TF-IDF (cosine; characters and pairs of them for Chinese) takes the same "
        "number. Filters are the same on both sides.",
    )


def _rates(ids: Sequence[str], truth: frozenset[str]) -> tuple[float, float]:
    hit = len(truth.intersection(ids))
    return hit / len(truth) if truth else float(not ids), hit / len(ids) if ids else float(not truth)
