"""Reporting: a study as one document to read, to pass on and to put on a wall, from one tree of content."""

from collections.abc import Collection
from typing import Literal, get_args

from segment_core.artifacts import Progress, silent
from segment_core.errors import OptionError
from segment_core.messages import say
from segment_core.reporting.content import content
from segment_core.reporting.parts import PARTS
from segment_core.reporting.speaking import LANGUAGES
from segment_core.study import Study

Kind = Literal["html", "pdf", "pptx"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MIMES: dict[Kind, str] = {
    "html": "text/html",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

__all__ = ["KINDS", "LANGUAGES", "MIMES", "PARTS", "Kind", "report"]


def report(
    study: Study, kind: Kind, language: str = "en", progress: Progress = silent, *, without: Collection[str] = ()
) -> bytes:
    """Write a study as one file: a page to click through (html), a document to print (pdf), or slides to edit (pptx).

    `without` names the `PARTS` to leave out. Personas of the built-in writer are said in the report's language,
    whichever they were written in; what a model or the analyst wrote stays as it is. The same study gives the same
    bytes. What customers wrote is masked, escaped and never run; nothing is
    loaded from anywhere.

    Raises
    ------
    DataError
        If there are no segments yet.
    OptionError
        If there is no such kind or part of a report, or nobody here speaks the language.
    """
    if kind not in KINDS:
        raise OptionError(
            "There is no report of the kind “{kind}”; there are: {kinds}.", kind=str(kind)[:40], kinds=", ".join(KINDS)
        )
    told = content(study, language, progress, without)
    progress(1, 2, say("Writing the report"))
    if kind == "html":
        from segment_core.reporting.page import written
    elif kind == "pdf":
        from segment_core.reporting.document import written
    else:
        from segment_core.reporting.slides import written
    made: bytes = written(told, progress)
    progress(1, 1, say("The report is written"))
    return made
