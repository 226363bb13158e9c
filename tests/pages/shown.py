"""A page of one part: whatever a test puts on it, drawn for the study that the test puts here."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from segment_core.study import Study

HERE: list[tuple[Callable[[Study], None], Study]] = []


def show(draw: Callable[[Study], None], study: Study, locale: str = "en-GB") -> AppTest:
    """Draw a part of a page for a study, as an app of its own."""
    HERE[:] = [(draw, study)]
    app = AppTest.from_function(_page, default_timeout=60)
    app.context = {"locale": locale}
    return app.run()


def _page() -> None:
    from tests.pages.shown import HERE

    for draw, study in HERE:
        draw(study)
