"""Marks: which columns are sensitive and which may change, as the analyst says; no run is needed to say so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pages._shared import state
from segment_core.artifacts import Column
from segment_core.intake.marks import is_mutable, is_sensitive
from segment_core.journey import audited
from segment_core.study import Study


def with_mark(chosen: Mapping[str, bool], column: str, *, suggested: bool, marked: bool) -> dict[str, bool]:
    """Return the choices with one more; what was suggested anyway is none."""
    kept = {name: mark for name, mark in chosen.items() if name != column}
    return kept if marked == suggested else {**kept, column: marked}


def set_sensitive(columns: Sequence[Column], names: Sequence[str]) -> None:
    """Mark these columns of the open study as sensitive, and none of the others."""
    study = state.study()
    if study is None:
        return
    chosen: Mapping[str, bool] = study.plan.sensitive
    for column in columns:
        chosen = with_mark(chosen, column.name, suggested=is_sensitive(column), marked=column.name in names)
    _keep(study, sensitive=chosen)
    if _behind():
        state.change_plan(sensitive=dict(chosen))


def set_mutable(columns: Sequence[Column], names: Sequence[str]) -> None:
    """Mark these columns of the open study as such that may change, and none of the others."""
    study = state.study()
    if study is None:
        return
    chosen: Mapping[str, bool] = study.plan.mutable
    for column in columns:
        chosen = with_mark(chosen, column.name, suggested=is_mutable(column), marked=column.name in names)
    _keep(study, mutable=chosen)
    if _behind():
        state.change_plan(mutable=dict(chosen))


def change(**marks: Mapping[str, bool]) -> None:
    """Put marks into the plan, and at once into the open study where it is of the file being looked at."""
    found = {name: dict(chosen) for name, chosen in marks.items()}
    if all(dict(getattr(state.plan(), name)) == chosen for name, chosen in found.items()):
        return
    state.change_plan(**found)
    study = state.study()
    if study is not None and _behind():
        _keep(study, **found)


def _keep(study: Study, **marks: Mapping[str, bool]) -> None:
    found = {name: dict(chosen) for name, chosen in marks.items()}
    state.replace_study(audited(replace(study, plan=study.plan.having(**found))))


def _behind() -> bool:
    """Tell whether the open study was made from the file being looked at, so that both have one plan."""
    upload = state.upload()
    return upload is not None and state.study_behind(upload) is not None
