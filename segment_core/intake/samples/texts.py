"""Texts: the reviews and tickets of a period, in each customer's language."""

import numpy as np
import pandas as pd

from segment_core.intake.samples.chinese import chinese_review
from segment_core.intake.samples.kinds import ANGRY, KINDS
from segment_core.intake.samples.people import ENDS, STARTS
from segment_core.intake.samples.reviews import review
from segment_core.intake.samples.tickets import ticket

_REVIEWS = 2.2
_REVIEWS_OF_THE_ANGRY = 4.0
_OFF_TOPIC_SHARE = 0.08
_LET_DOWN = next(position for position, kind in enumerate(KINDS) if "trouble" in kind.themes)


def angry_spenders(people: pd.DataFrame, made: pd.DataFrame, n: int, random: np.random.Generator) -> np.ndarray:
    """Choose whose words contradict their wallet: `n` of those who spend most, none of the segment that is let down."""
    spent = made.groupby("person")["spent"].sum().reindex(range(len(people)), fill_value=0.0)
    times = made.groupby("person").size().reindex(range(len(people)), fill_value=0)
    segment = made.groupby("person")["segment"].first().reindex(range(len(people)), fill_value=_LET_DOWN)
    able = np.flatnonzero((segment != _LET_DOWN) & (times >= 3) & (spent >= spent[times > 0].quantile(0.7)))
    chosen = np.zeros(len(people), dtype=bool)
    chosen[random.choice(able, size=min(n, len(able)), replace=False)] = True
    return chosen


def write_reviews(
    people: pd.DataFrame, made: pd.DataFrame, angry: np.ndarray, period: str, random: np.random.Generator
) -> pd.DataFrame:
    """Let some orders be reviewed; return rows with their person, order, day, stars and text."""
    orders_a_year = np.array([kind.orders for kind in KINDS])[made["segment"]]
    wanted = np.where(angry[made["person"]], _REVIEWS_OF_THE_ANGRY, _REVIEWS)
    reviewed = (random.random(len(made)) < np.minimum(wanted / orders_a_year, 0.9)) & ~made["cancelled"]
    first = ~made["person"].duplicated()
    reviewed |= first & angry[made["person"]] & ~made["cancelled"]  # who writes angry has written
    found: pd.DataFrame = made.loc[reviewed, ["order_id", "customer_id", "person", "segment", "day"]].reset_index(
        drop=True
    )
    day = found["day"].to_numpy().astype("datetime64[D]") + random.integers(2, 21, len(found))
    found["day"] = np.minimum(day, ENDS[period] - 1)
    language = people["language"].to_numpy()[found["person"]]
    stars, texts = [], []
    for person, segment, spoken in zip(found["person"], found["segment"], language, strict=True):
        kind = KINDS[segment]
        themes = kind.themes
        if angry[person]:
            themes = ANGRY
            stars.append(1 + int(random.random() < 0.35))
        else:
            stars.append(int(np.clip(round(random.normal(*kind.stars)), 1, 5)))
            if random.random() < _OFF_TOPIC_SHARE and stars[-1] > 2:
                themes = KINDS[int(random.integers(_LET_DOWN))].themes
        texts.append(chinese_review(themes, random) if spoken == "zh" else review(themes, random))
    found["stars"], found["text"], found["language"] = stars, texts, language
    return found


def write_tickets(people: pd.DataFrame, angry: np.ndarray, period: str, random: np.random.Generator) -> pd.DataFrame:
    """Let customers write to the help desk; return rows with their person, day, topic and text."""
    segments = people[period.lower()].to_numpy()
    here = segments >= 0
    start = np.maximum(people["signup"].to_numpy().astype("datetime64[D]"), STARTS[period])
    length = np.where(here, (ENDS[period] - start).astype(int), 0)
    rate = np.array([kind.tickets for kind in KINDS])[segments] + 1.5 * angry
    person = np.repeat(np.arange(len(people)), random.poisson(random.gamma(3.0, rate / 3.0) * length / 365))
    day = start[person] + (random.random(len(person)) * length[person]).astype(int)
    language = people["language"].to_numpy()[person]
    upset = angry[person] | (segments[person] == _LET_DOWN)
    written = [ticket(spoken, cross, random) for spoken, cross in zip(language, upset, strict=True)]
    return pd.DataFrame(
        {
            "customer_id": people["customer_id"].to_numpy()[person],
            "person": person,
            "day": day,
            "topic": [topic for topic, _ in written],
            "text": [text for _, text in written],
            "language": language,
        }
    )
