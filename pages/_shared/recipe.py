"""Recipe: the choices for the next run, in the sidebar, and the button that starts it."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import streamlit as st

from pages._shared import candidates, forms, glossary, inside, jobs, outbound, questioning, state
from pages._shared.words import duration, language, plain, t, tell
from segment_core.artifacts import Reading, Step
from segment_core.choices import Choice, options_from_json, options_to_json, questions
from segment_core.clustering import ALGORITHMS, STAND_INS
from segment_core.clustering.costs import expected_seconds
from segment_core.encoders import ENCODERS
from segment_core.plan import Plan
from segment_core.study import Study

N_JUDGED, MOST_CUT, JUDGING = 36, 2_000, 3.0
"""Times that customers are cut anew to judge segments, how many customers each time, and seconds for all else."""


def ask(study: Study) -> None:
    """Ask how to cut, how to read texts and what counts how much; nothing runs before the button is pressed."""
    plan = state.plan()
    clustering, able = step("algorithm", t("Algorithm"), ALGORITHMS, plan.clustering, plan.seed)
    inside.preview(study, clustering)
    expected(clustering, study)
    encoder, reads = plan.encoder, True
    upload = state.upload()
    same = upload is None or state.study_behind(upload) is not None
    able = questioning.show(clustering, known=same) and able
    if upload is not None and not same:
        st.info(
            t(
                "These segments are of {shown}, but {opened} is open: it will have segments of its own.",
                shown=plain(study.source),
                opened=plain(upload.name),
            )
        )
    if same and study.customers.named("text"):
        read_by(study)
        with st.expander(t("Reading of texts"), icon=":material/notes:"):
            encoder, reads = step("encoder", t("Texts are read by"), ENCODERS, plan.encoder, plan.seed)
            reads = outbound.show("encoder", encoder, study.customers) and reads
    weights = plan.weights
    if same:
        with st.expander(t("What counts how much"), icon=":material/balance:"):
            weights = _weights(study, plan)
    plan = plan.having(clustering=clustering, encoder=encoder, weights=weights, personas=writer(plan))
    state.set_plan(plan)
    _button(plan, ready=able and reads and (not weights or any(weights.values())))


def adopt(plan: Plan) -> None:
    """Choose a plan for the next run that was made elsewhere than in the form: the form starts from it again."""
    state.set_plan(plan)
    for key in [str(key) for key in st.session_state]:
        if key in ("algorithm", "encoder") or key.startswith(("algorithm.", "encoder.", "weight.")):
            del st.session_state[key]


def expected(clustering: Step, study: Study) -> None:
    """Say about how long cutting takes with these options, and what the automatic choice would try."""
    if study.features is None:
        return
    n, d = study.features.matrix.shape
    if clustering.name == "auto":
        candidates.listed(study.features, options_from_json(ALGORITHMS["auto"].options, clustering.options))
        return
    seconds = expected_seconds(clustering.name, n, d, clustering.options)
    if "speech" in ALGORITHMS[clustering.name].asks and not study.customers.named("text"):
        st.warning(t("These customers wrote nothing. This algorithm is for texts; it will cut by the other features."))
    if seconds is None:
        return
    stand_in = STAND_INS.get(clustering.name, clustering.name)
    again = N_JUDGED * (expected_seconds(stand_in, min(n, MOST_CUT), d, clustering.options) or 0.0)
    st.caption(
        t(
            "Cutting takes about {time}, judging it about {judging}.",
            time=duration(max(seconds, 0.1)),
            judging=duration(JUDGING + again),
        )
    )


def writer(plan: Plan) -> Step:
    """Return who writes the personas of a run; a model is asked on the personas page, where one sees the letter."""
    return plan.personas if plan.personas.name == "builtin" else Step("builtin", {"language": language()})


def step(
    key: str,
    label: str,
    menu: Mapping[str, Choice],
    chosen: Step,
    seed: int,
    *,
    optional: bool = False,
    folded: bool = False,
) -> tuple[Step, bool]:
    """Ask for a line of a menu and its options; return what was picked, and whether it can run here.

    An optional step can be left out; it is then called "none". Options are put away where `folded`.
    """
    names = ["none", *menu] if optional else list(menu)
    name = st.selectbox(
        label,
        names,
        # What a click elsewhere put there counts, and Streamlit warns where a start is given beside it.
        index=names.index(chosen.name) if chosen.name in names and key not in st.session_state else 0,
        format_func=lambda name: t(menu[name].label) if name in menu else t("Off"),
        key=key,
    )
    if name not in menu:
        return Step("none"), True
    st.caption(t(menu[name].when))
    missing = menu[name].missing()
    if missing:
        packages = " ".join(missing)
        st.warning(t("This needs packages that are not installed. Run: pip install {packages}", packages=packages))
    asked = {question.name for question in questions(menu[name].options)}
    values: dict[str, Any] = {"seed": seed} if "seed" in asked else {}
    values |= dict(chosen.options) if name == chosen.name else outbound.address(key, name)
    folded = folded and bool(asked) and (key, name) not in outbound.ASKING  # an address that is needed stands open
    away = st.expander(t("Options"), icon=":material/tune:") if folded else nullcontext()
    with away:
        options = forms.ask(menu[name].options, key=f"{key}.{name}", values=values)
    return Step(name, options_to_json(options)), not missing


def read_by(study: Study) -> None:
    """Say how the texts were read and why, and offer the other ways that were considered, each one click away."""
    for number, reading in enumerate(study.readings or ()):
        st.caption(plain(tell(reading.reason)))
        for name, seconds in _others(reading).items():
            if name in (reading.made_by.name, st.session_state.get("encoder", state.plan().encoder.name)):
                continue
            label = t(ENCODERS[name].label)
            if seconds is not None:
                label = t("{encoder}: about {time}", encoder=label, time=duration(seconds))
            key = f"encoder_switch.{number}.{name}"
            st.button(label, icon=":material/swap_horiz:", key=key, type="tertiary", on_click=_switch, args=(name,))


def _others(reading: Reading) -> dict[str, float | None]:
    """Return the other ways to read with their expected seconds, where these were measured; there always are some."""
    known: dict[str, float | None] = {name: time for name, time in reading.seconds.items() if name in ENCODERS}
    if known.keys() - {reading.made_by.name}:
        return known
    # The bundled model reads English: it is not proposed for texts in another language.
    last = "word2vec" if reading.language not in ("", "en") else "sentence_transformer"
    return {"auto": None, "tfidf": None, last: None}


def _switch(encoder: str) -> None:
    st.session_state["encoder"] = encoder


def weight(name: str, label: str, percent: int) -> int:
    """Ask for the weight of a block, in percent of the whole."""
    key = f"weight.{name}"
    state.start_weight(key, min(percent, 100))
    return st.slider(label, 0, 100, step=5, format="%d %%", key=key)


def shares(study: Study | None, plan: Plan) -> dict[str, int]:
    """Return the percent that each block counts now or by the plan; blocks not made yet are left out."""
    now = {block.name: block.weight for block in study.features.blocks} if study and study.features else {}
    now |= {name: weight for name, weight in plan.weights.items() if not weight}
    return {name: round(100 * plan.weights.get(name, weight)) for name, weight in now.items()}


def _weights(study: Study, plan: Plan) -> Mapping[str, float]:
    start = shares(study, plan)
    set_to = {name: weight(name, glossary.block(name), percent) for name, percent in start.items()}
    st.caption(t("Only the ratios count; at 0 a block is left out."))
    if not any(set_to.values()):
        st.warning(t("Give at least one block a weight."))
    return weights_of(start, set_to, plan)


def weights_of(start: Mapping[str, int], set_to: Mapping[str, int], plan: Plan) -> Mapping[str, float]:
    """Return the plan's weights, changed only if a slider was moved."""
    if set_to == start:
        return plan.weights
    return {name: percent / 100 for name, percent in set_to.items()}


def _button(plan: Plan, *, ready: bool) -> None:
    upload = state.upload()
    if upload is None:
        st.caption(t("The file behind this study is no longer in the workspace. Open it again on the data page."))
    pressed = st.button(
        t("Find segments"),
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        disabled=not ready or upload is None or jobs.busy(),
        key="run",
    )
    if pressed and upload is not None:
        jobs.start(jobs.RUN_STUDY, {"upload": upload.id, "plan": plan.to_json(), "study": state.study_behind(upload)})
        st.rerun()  # the progress is drawn above this page; a callback would start with options that are one click old
