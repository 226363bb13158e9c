"""Ask-the-data charts: the rows of an answer as bars in the segments' colours."""

import plotly.graph_objects as go

from pages._shared.charts import Look, bars
from segment_core.answering import SEGMENTS, Answer, figure
from segment_core.study import Study

MOST = 20


def answer(found: Answer, study: Study, look: Look) -> go.Figure:
    """Draw the first twenty rows; what is without a figure stands without a bar."""
    rows = found.rows.head(MOST)
    place = {one.id: number for number, one in enumerate(study.clustering.segments)} if study.clustering else {}
    by_segment = found.asked.by == SEGMENTS
    colours = [look.colour(place.get(group, 0) if by_segment else 0) for group in rows["group"]]
    said = []
    for row in rows.itertuples():
        value = f"{row.text} ({figure(found.asked, row.value)})" if row.text else figure(found.asked, row.value)
        said.append(f"{row.label} – {value}" if row.label else value)
    return bars(rows["value"].fillna(0.0).tolist(), said, colours, look)
