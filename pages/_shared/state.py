"""State: what a session remembers, and the only place that names its keys."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages._shared import cached
from segment_core.artifacts import Basis, Role, Step
from segment_core.errors import DataError
from segment_core.intake import bundle, unbundle
from segment_core.intake.joins import Link
from segment_core.plan import Plan
from segment_core.store import StudyEntry, Upload, Workspace, default_folder
from segment_core.study import Study

STUDY = "open_study"
UPLOAD = "open_upload"
OFFERED = "offered_upload"
N_OFFERED = "n_offered"
PLAN = "plan"
N_ROLES_SET = "n_roles_set"
N_ORDERS_READ = "n_times_orders_read_otherwise"
LINKS = "links_not_confirmed"
SELECTION = "selected_customers"
OUTLINES = "selection_outlines"
SEEN = "seen_outlines"
SEGMENT = "looked_at_segment"
LABELS_BEFORE = "labels_before_edit"
RULE_ROWS = "conditions_of_the_new_rule"
WRITER = "chosen_writer"
WEIGHED = "studies_whose_blocks_are_weighed"
JOB = "followed_job"
LLM_KEY = "session_llm_key"
LANGUAGE = "interface_language"


def workspace() -> Workspace:
    """Return the workspace of this app: one folder, shared by all sessions."""
    return cached.workspace(str(default_folder()))


def study_id() -> str | None:
    """Return the id of the open study; a new session opens the one in the address, else the newest."""
    if STUDY not in st.session_state:
        known = [entry.id for entry in studies()]
        asked = st.query_params.get("study")
        st.session_state[STUDY] = asked if asked in known else next(iter(known), None)
    found: str | None = st.session_state[STUDY]
    return found


def studies() -> tuple[StudyEntry, ...]:
    """Return the finished studies of the workspace, the latest changed first."""
    return tuple(entry for entry in workspace().studies() if entry.version > 0)


def study_entry() -> StudyEntry | None:
    """Return the open study's line in the workspace's catalogue."""
    chosen = study_id()
    try:
        return workspace().study(chosen) if chosen else None
    except DataError:  # deleted meanwhile, perhaps by another session
        st.session_state[STUDY] = None
        return None


def study_version() -> tuple[str, str, int] | None:
    """Return the key under which everything made of the open study may be cached: folder, id, version."""
    entry = study_entry()
    return (str(default_folder()), entry.id, entry.version) if entry and entry.version else None


def study() -> Study | None:
    """Return the open study, or None."""
    version = study_version()
    return cached.study(*version) if version else None


def study_behind(upload: Upload) -> str | None:
    """Return the id of the open study if it was made from this file, else None: another file gets its own study."""
    entry = study_entry()
    return entry.id if entry is not None and entry.summary.get("upload") == upload.id else None


def start_weight(key: str, percent: int) -> None:
    """Let a slider start at a weight, again for every other version of the study: what was set for another is stale."""
    seen, version = st.session_state.setdefault(WEIGHED, {}), study_version()
    if key not in st.session_state or seen.get(key) != version:
        st.session_state[key] = percent
    seen[key] = version


def open_study(chosen: str | None) -> None:
    """Open a study (or close it with None): its plan becomes the plan, its file the file."""
    st.session_state[STUDY] = chosen
    for key in (UPLOAD, PLAN, LINKS, SELECTION, OUTLINES, SEGMENT, LABELS_BEFORE, RULE_ROWS):
        st.session_state.pop(key, None)


def replace_study(study: Study) -> None:
    """Keep an edited study under the open study's id."""
    entry = study_entry()
    if entry is not None:
        version = workspace().save_study(entry.id, study, summary=entry.summary)
        cached.remember_study(str(default_folder()), entry.id, version, study)


def delete_study(chosen: str) -> None:
    """Delete a study from the workspace; if it was open, the newest of the others opens."""
    workspace().delete_study(chosen)
    if chosen == study_id():
        del st.session_state[STUDY]
        st.query_params.pop("study", None)


def require(part: str, page: str) -> Any:
    """Return a part of the open study, or draw an empty state with a way back to `page` and stop.

    `part` is "study" for the study itself, or the name of one of its parts such as "clustering".
    """
    from pages._shared import frame  # the frame speaks, and words ask this module for the language

    found = study()
    made = found if part == "study" or found is None else getattr(found, part)
    if made is None:
        frame.missing(page)
        st.stop()
    return made


def upload() -> Upload | None:
    """Return the file being looked at: the one just given, else the one behind the open study."""
    if UPLOAD not in st.session_state:
        entry = study_entry()
        st.session_state[UPLOAD] = _requested("upload") or (entry.summary.get("upload") if entry else None)
    chosen = st.session_state[UPLOAD]
    try:
        return workspace().upload(chosen) if chosen else None
    except DataError:  # deleted meanwhile
        st.session_state[UPLOAD] = None
        return None


def offered() -> tuple[int, str | None]:
    """Return how many files were offered so far, and the last one's upload id while it waits to be read.

    The number is part of the uploader's key: a new key is an empty uploader, and the file's bytes leave memory.
    """
    number: int = st.session_state.get(N_OFFERED, 0)
    waiting: str | None = st.session_state.get(OFFERED)
    return number, waiting


def offer(name: str, data: bytes) -> None:
    """Copy a file into the workspace at once, to be read next."""
    st.session_state[OFFERED] = workspace().keep_upload(name, data).id
    st.session_state[N_OFFERED] = offered()[0] + 1


def offer_uploaded(key: str, beside: str | None = None) -> None:
    """Offer the files that the uploader with this key holds, as one bundle; `beside` names the upload they join."""
    files = [(file.name, file.getvalue()) for file in st.session_state.get(key) or ()]
    if not files:
        return
    if beside is not None:
        found = workspace().upload(beside)
        new = {name for name, _ in files}
        files += [entry for entry in unbundle(found.name, found.path.read_bytes()) if entry[0] not in new]
    offer(*bundle(files))


def forget_offer() -> None:
    """Stop waiting for the offered file: it was read, or cannot be."""
    st.session_state[OFFERED] = None


def set_upload(chosen: str) -> None:
    """Look at another file, with a fresh plan."""
    st.session_state[UPLOAD] = chosen
    st.session_state[PLAN] = Plan()
    st.session_state.pop(LINKS, None)


def links() -> tuple[Link, ...] | None:
    """Return the links between tables as they stand: confirmed in the plan, else as edited so far, else None."""
    confirmed = plan().links
    found: tuple[Link, ...] | None = st.session_state.get(LINKS) if confirmed is None else confirmed
    return found


def set_links(links: tuple[Link, ...], *, confirm: bool = False) -> None:
    """Edit the links; only confirmed ones go into the plan."""
    if confirm or plan().links is not None:
        change_plan(links=links)
    else:
        st.session_state[LINKS] = links


def plan() -> Plan:
    """Return the plan for the next run: the session's, else the open study's, else the automatic one."""
    if PLAN not in st.session_state:
        found, requested = study(), _requested("plan")
        st.session_state[PLAN] = Plan.from_json(requested) if requested else found.plan if found else Plan()
    made: Plan = st.session_state[PLAN]
    return made


def set_plan(plan: Plan) -> None:
    """Choose the plan for the next run."""
    st.session_state[PLAN] = plan


def change_plan(**parts: Any) -> None:
    """Replace some choices of the plan for the next run."""
    set_plan(dataclasses.replace(plan(), **parts))


def speak_plan(language: str) -> None:
    """Have the built-in writer write in this language, unless the plan already says which.

    A run never asks a model: that is done on the personas page, where one sees what it is sent.
    """
    writer = plan().personas
    if writer.name != "builtin" or "language" not in writer.options:
        change_plan(personas=Step("builtin", {"language": language}))


def n_roles_set() -> int:
    """Count how often roles were set from outside the table of roles, which then starts afresh."""
    found: int = st.session_state.get(N_ROLES_SET, 0)
    return found


def set_roles(roles: Mapping[str, Role], bases: Mapping[str, Basis]) -> None:
    """Set all roles and bases of the plan at once."""
    change_plan(roles=dict(roles), bases=dict(bases))
    st.session_state[N_ROLES_SET] = n_roles_set() + 1


def n_orders_read() -> int:
    """Count how often it was chosen how orders are read; the widgets that ask for it then start from the plan."""
    found: int = st.session_state.get(N_ORDERS_READ, 0)
    return found


def read_orders(**parts: Any) -> None:
    """Choose how orders are read and measured; what is not named stays."""
    change_plan(behaviour=dataclasses.replace(plan().behaviour, **parts))
    st.session_state[N_ORDERS_READ] = n_orders_read() + 1


def selection() -> tuple[str, ...]:
    """Return the customers selected on the map, by id."""
    return tuple(st.session_state.get(SELECTION, ()))


def set_selection(ids: Sequence[str]) -> None:
    """Select customers by id."""
    st.session_state[SELECTION] = tuple(ids)


def job_id() -> str | None:
    """Return the job this session follows; a refreshed page finds it in its address."""
    if JOB not in st.session_state:
        st.session_state[JOB] = st.query_params.get("job")
    found: str | None = st.session_state[JOB]
    return found


def set_job(chosen: str | None) -> None:
    """Follow a job, or none."""
    st.session_state[JOB] = chosen
    address()


def address() -> None:
    """Write the open study and the running job into the page's address, so that a refresh finds them."""
    for name, found in (("study", study_id()), ("job", job_id())):
        if found and st.query_params.get(name) != found:
            st.query_params[name] = found
        elif not found and name in st.query_params:
            del st.query_params[name]


def request() -> tuple[str, dict[str, Any]] | None:
    """Return the task and arguments of the followed job, where it was the last one started in this workspace."""
    kept = workspace().setting("last_request", {})
    return (kept["task"], kept["args"]) if kept and kept["job"] == job_id() else None


def _requested(name: str) -> Any:
    """Return what the followed job was given, so that a page refreshed meanwhile shows the same file and choices."""
    return (request() or ("", {}))[1].get(name)


def set_request(job: str, task: str, args: Mapping[str, Any]) -> None:
    """Remember what a job was asked to do, without its secrets, so that it can be run again even after a restart."""
    workspace().keep_setting("last_request", {"job": job, "task": task, "args": dict(args)})
