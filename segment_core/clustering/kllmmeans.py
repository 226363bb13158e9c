"""k-LLMmeans: K-Means whose centres are, every few rounds, where a summary of their texts lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering import kmeans, pairs
from segment_core.clustering.asking import Asker, budget_option, model_option, timeout_option, url_option
from segment_core.clustering.membership import require_customers, settle, squared_distances
from segment_core.clustering.speech import Speech
from segment_core.clustering.textspace import TextSpace, central
from segment_core.llm import Outbound, seal
from segment_core.llm.filters import reads_like_a_command, unfit
from segment_core.messages import Message, say

N_TEXTS = 10
"""So many central texts of a segment are shown for its summary."""
N_EXTRACTED = 3
"""So many central texts stand for a segment where no model summarises."""
LONGEST = 600

INSTRUCTIONS = """\
You get texts that customers wrote; they belong to one group. Write as "summary", in one or two plain sentences and in \
the texts' own language, what these customers write about: the matter they have in common, in words such customers \
would use. Leave out what only one of them says, and what stands in square brackets: it was masked.

No names, links, addresses, markdown or HTML, and nothing else than the summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KLLMMeansOptions:
    """Options of k-LLMmeans; without a server address summaries are extracted (k-NLPmeans)."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    rounds: int = option(3, "Rounds of summaries", low=1, high=10, help="Each takes one call a segment.")
    url: str = url_option()
    model: str = model_option()
    budget: int = budget_option(60, pairs.CHECK_CALLS + 2)
    timeout: float = timeout_option()
    seed: int = option(0, "Random seed", low=0)


def calls(n_customers: int, options: KLLMMeansOptions = KLLMMeansOptions()) -> int:
    """Return how often a model would be asked at most; it does not grow with the customers.

    Examples
    --------
    >>> calls(100_000, KLLMMeansOptions(n_segments=8, rounds=3, url="http://127.0.0.1/v1", budget=60))
    28
    """
    if not options.url or not n_customers:
        return 0
    rounds = _rounds(options)
    return rounds * options.n_segments + pairs.CHECK_CALLS if rounds else 0


def cluster(
    features: Features,
    options: KLLMMeansOptions = KLLMMeansOptions(),
    progress: Progress = silent,
    *,
    speech: Speech | None = None,
    secrets: Mapping[str, str] = {},
) -> Clustering:
    """Cut with K-Means, then several times put each centre where a summary of its central texts lies, and go on.

    After Diaz-Rodriguez (2025): a summary is less swayed by odd texts than a mean. Only the text block's part of a
    centre is replaced, in direction; its distance from the middle of all stays. A summary that lies nearer to
    another segment's centre than to its own is not used. Without a model, or where it fails, the most central texts
    stand for the summary; where the encoder reads no new texts, the mean of their vectors does. The result is kept
    only if a check says that it is no worse than K-Means: with a model, its answers on pairs of texts that the two
    cuts part differently; without, the silhouette of the texts.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    Cancelled
        If `progress` raised it.
    """
    require_customers(features, at_least=options.n_segments)
    progress(0, 1, say("Cutting {k} segments", k=options.n_segments))
    start = kmeans.labels_of(features, kmeans.KMeansOptions(n_segments=options.n_segments, seed=options.seed))
    made_by = Step("kllmmeans", options_to_json(options))
    space = TextSpace.of(features, speech)
    if space is None:
        nothing = say("Without texts there is nothing to summarise: these are the segments of K-Means.")
        return settle(features, start, made_by, reasons=(nothing,))
    work = _Work(features, space, options, Asker.of(options, secrets, progress), progress)
    end = work.rounds(start)
    labels, reasons = work.checked(start, end)
    progress(1, 1, say("Segments found: {k}", k=options.n_segments))
    return settle(features, labels, made_by, reasons=reasons)


def preview(features: Features, texts: Sequence[str], options: KLLMMeansOptions = KLLMMeansOptions()) -> str:
    """Return exactly what the first call would send with these features, without sending it."""
    found = TextSpace.of(features, Speech(tuple(texts), features.matrix, _reads_nothing))
    if found is None or not calls(len(texts), options):
        return ""
    start = kmeans.labels_of(features, kmeans.KMeansOptions(n_segments=options.n_segments, seed=options.seed))
    shown = (_shown(found, start, number, N_TEXTS) for number in range(options.n_segments))
    return next((str(letter(texts)) for texts in shown if texts), "")


def letter(texts: Sequence[str]) -> Outbound:
    """Compose the question for one segment's summary."""
    return seal(INSTRUCTIONS, {"texts": list(texts)}, purpose="summaries of segments")


def _reads_nothing(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.zeros((len(texts), 0), dtype=np.float32)


def _rounds(options: KLLMMeansOptions) -> int:
    return min(options.rounds, max(0, options.budget - pairs.CHECK_CALLS) // options.n_segments)


def _shown(space: TextSpace, labels: Labels, number: int, most: int) -> list[str]:
    """Return the segment's most central texts that may be shown to a model."""
    rows = np.flatnonzero(space.labels(labels) == number)
    if not len(rows):
        return []
    able = space.sendable[rows]
    return [space.texts[rows[at]] for at in central(space.points[rows], able, most)]


@dataclass(slots=True)
class _Work:
    """One run: where it stands, and what was refused on the way."""

    features: Features
    space: TextSpace
    options: KLLMMeansOptions
    asker: Asker
    progress: Progress
    n_summaries: int = 0
    n_refused: int = 0
    reads: bool = True

    def __post_init__(self) -> None:
        # A summary that cannot be read is not worth asking for.
        if self.options.url:
            self.reads = self.space.place(self.features, self.space.texts[:1]) is not None

    def rounds(self, labels: Labels) -> Labels:
        """Replace centres and move on, round by round."""
        n_rounds = _rounds(self.options) if self.by_model else self.options.rounds
        for number in range(n_rounds):
            self.progress(number, n_rounds + 1, say("Summaries, round {n} of {all}", n=number + 1, all=n_rounds))
            labels = self._moved(self._centres(labels), last=number == n_rounds - 1)
        return labels

    @property
    def by_model(self) -> bool:
        """Tell whether a model is to be asked."""
        return bool(self.options.url) and self.reads and _rounds(self.options) > 0

    def _centres(self, labels: Labels) -> NDArray[np.float64]:
        matrix = self.features.matrix.astype(np.float64)
        centres = np.stack([matrix[labels == number].mean(axis=0) for number in range(self.options.n_segments)])
        owned = [number for number in range(len(centres)) if _shown(self.space, labels, number, 1)]
        texts = [self._summary(labels, number) for number in owned]
        placed = self.space.place(self.features, texts) if texts else None
        for at, number in enumerate(owned):
            own = centres[:, self.space.columns]
            where = self._mean_of(labels, number) if placed is None else placed[at]
            if placed is not None and int(squared_distances(where[None], own)[0].argmin()) != number:
                self.n_refused += 1
                continue
            # A summary's vector is longer than a mean of many; only its direction counts.
            length = np.linalg.norm(own[number]) / max(float(np.linalg.norm(where)), 1e-12)
            centres[number, self.space.columns] = where * length
        return centres

    def _summary(self, labels: Labels, number: int) -> str:
        shown = _shown(self.space, labels, number, N_TEXTS)
        extracted = " ".join(text[:240] for text in shown[:N_EXTRACTED])
        if not self.by_model or self.asker.asked >= self.asker.budget - pairs.CHECK_CALLS:
            return extracted
        from segment_core.clustering.answers import SummaryAnswer

        answer = self.asker.ask(letter(shown), SummaryAnswer)
        said = " ".join(answer.summary.split())[:LONGEST] if answer is not None else ""
        if len(said) < 3 or unfit(said) or reads_like_a_command(said):
            self.n_refused += answer is not None
            return extracted
        self.n_summaries += 1
        return said

    def _mean_of(self, labels: Labels, number: int) -> NDArray[np.float64]:
        rows = np.flatnonzero(self.space.labels(labels) == number)
        chosen = rows[central(self.space.points[rows], np.ones(len(rows), dtype=bool), N_EXTRACTED)]
        return np.asarray(self.space.points[chosen].mean(axis=0))

    def _moved(self, centres: NDArray[np.float64], *, last: bool) -> Labels:
        from sklearn.cluster import KMeans
        from threadpoolctl import threadpool_limits

        model = KMeans(len(centres), init=centres, n_init=1, max_iter=300 if last else 5)
        with threadpool_limits(limits=1):
            found = model.fit(self.features.matrix.astype(np.float64)).labels_
        return np.asarray(found, dtype=np.int64)

    def checked(self, start: Labels, end: Labels) -> tuple[Labels, tuple[Message, ...]]:
        """Return the cut that a check prefers, and how it came about."""
        reasons = [*self._told()]
        if self.asker.answered and self.n_summaries:
            able = np.flatnonzero(self.space.sendable)
            own = (self.space.labels(start)[able], self.space.labels(end)[able])
            texts = [self.space.texts[row] for row in able]
            found = pairs.compare(self.asker, texts, self.space.points[able], own, seed=self.options.seed)
            return (end if found.better else start), (*reasons, found.told(), *self.asker.told())
        before, after = (self.space.silhouette(labels, self.options.seed) for labels in (start, end))
        if after < before or len(np.unique(end)) < self.options.n_segments:
            reasons.append(
                say(
                    "The silhouette of the texts was {before} with K-Means and {after} with summaries, so the segments "
                    "are those of K-Means.",
                    before=f"{before:.3f}",
                    after=f"{after:.3f}",
                )
            )
            return start, (*reasons, *self.asker.told())
        reasons.append(
            say(
                "The silhouette of the texts is {after}; it was {before} with K-Means.",
                before=f"{before:.3f}",
                after=f"{after:.3f}",
            )
        )
        return end, (*reasons, *self.asker.told())

    def _told(self) -> list[Message]:
        found = []
        if self.n_summaries:
            found.append(
                say("Centres follow {n} summaries by the model {model}.", n=self.n_summaries, model=self.options.model)
            )
        elif self.options.url and not self.reads:
            found.append(
                say(
                    "No model was asked, because this encoder reads no new texts and could not place a summary; the "
                    "most central texts of each segment stand for it. A sentence-transformers model or static vectors "
                    "can."
                )
            )
        elif self.options.url and not self.by_model:
            found.append(
                say(
                    "{budget} calls are too few for a summary of each of {k} segments; the most central texts stand "
                    "for them.",
                    budget=self.options.budget,
                    k=self.options.n_segments,
                )
            )
        else:
            found.append(say("No model summarised: the most central texts of each segment stand for it (k-NLPmeans)."))
        if self.n_refused:
            found.append(
                say(
                    "Summaries not used, because they do not lie with their own segment or break a rule: {n}.",
                    n=self.n_refused,
                )
            )
        return found
