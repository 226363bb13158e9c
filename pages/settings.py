"""Settings: language, language model, workspace, versions."""

import platform
from importlib.metadata import version

import streamlit as st

from pages._shared import connection, frame, ledger, preferences, state
from pages._shared.words import LANGUAGES, language, plain, size, t

PACKAGES = ("streamlit", "pandas", "numpy", "scikit-learn", "umap-learn", "hdbscan", "sentence-transformers", "torch")

frame.head(t("Settings"))

left, right = st.columns(2, gap="large")
with left, st.container(border=True, gap="small"):
    st.subheader(t("Language"), icon=":material/translate:")
    st.segmented_control(
        t("Language of the app"),
        list(LANGUAGES),
        format_func=lambda code: LANGUAGES[code],
        default=language(),
        required=True,
        help=t("At first the app follows your browser."),
        key="language",
        on_change=preferences.choose_language,
        args=("language",),
    )

with right, st.container(border=True, gap="small"):
    st.subheader(t("Language model"), icon=":material/smart_toy:")
    st.caption(t("Optional: without one, the built-in writer names and describes the segments on this machine."))
    connection.ask_for_model()

with right, st.container(border=True, gap="small"):
    st.subheader(t("Calls to models"), icon=":material/outbound:")
    ledger.draw()

with left, st.container(border=True, gap="small"):
    st.subheader(t("Workspace"), icon=":material/folder:")
    workspace = state.workspace()
    st.code(str(workspace.folder), language=None)
    st.caption(t("Uploads, studies and finished work are kept here. Set STRATA_WORKSPACE to use another folder."))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("Kept for reuse: {size}", size=size(workspace.size())), width="stretch")
        st.button(
            t("Clean up"),
            icon=":material/mop:",
            help=t("Forgets vectors and other work that can be computed again. Studies and uploads stay."),
            on_click=workspace.clear_cache,
            disabled=workspace.size() == 0,
            key="clear_cache",
        )
    if learned := workspace.encoders.size():
        said = t("Encoders that learned from customers: {size}. They stay until you delete them.", size=size(learned))
        st.caption(f"{said} {t('They are on the Improve page, under Training.')}")
    studies = state.studies()
    chosen = st.selectbox(
        t("Studies: {n}", n=len(studies)),
        studies,
        index=None,
        format_func=lambda entry: f"{entry.name} · {entry.id[:4]}",
        placeholder=t("Pick a study to delete"),
        key="study_to_delete",
    )
    if chosen is not None:
        st.button(
            t("Delete this study for good"),
            icon=":material/delete:",
            on_click=state.delete_study,
            args=(chosen.id,),
            key="delete_study",
        )

with right, st.container(border=True, gap="small"):
    st.subheader(t("Versions"), icon=":material/info:")
    found = {"Python": platform.python_version()} | {name: version(name) for name in PACKAGES}
    st.caption(" · ".join(f"{plain(name)} {plain(number)}" for name, number in found.items()))
