"""Pair receipts: what answers would change, how sure it is that it helps, and keep or discard."""

from functools import partial

import streamlit as st

from pages._shared import edits, jobs, scores
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Move, Receipt
from segment_core.errors import SegmentError
from segment_core.exporting import as_csv
from segment_core.improving.receipts import discarded, kept, standing
from segment_core.study import Study


def draw(study: Study) -> None:
    """Draw the latest receipt, and earlier ones in short."""
    if not study.receipts:
        return
    st.subheader(t("Receipt"))
    _card(study, len(study.receipts) - 1)
    if len(study.receipts) > 1:
        with st.expander(t("Earlier receipts"), icon=":material/history:", key="receipts_earlier"):
            st.dataframe(
                [_line(study, receipt) for receipt in study.receipts[-2::-1]],
                hide_index=True,
                column_config={
                    t("Told before"): st.column_config.NumberColumn(format="percent"),
                    t("Told after"): st.column_config.NumberColumn(format="percent"),
                },
                alt=t("Earlier receipts"),
                key="receipts",
            )


def _card(study: Study, place: int) -> None:
    receipt = study.receipts[place]
    moved = receipt.decided == "kept" and standing(study, receipt)[0] > 0
    with st.container(border=True, key="receipt"):
        _judged(receipt)
        with st.grid(3, min_column_width=170):
            st.metric(
                t("Customers who moved") if moved else t("Customers who would move"),
                f"{receipt.n_moved:,}",
                f"{receipt.n_moved / len(study.customers):.1%}",
                delta_color="off",
                delta_arrow="off",
                border=True,
            )
            st.metric(
                t("Held-out answers told rightly"),
                f"{receipt.after:.0%}",
                t("{before} before", before=f"{receipt.before:.0%}"),
                delta_color="off",
                delta_arrow="off",
                border=True,
                help=t("Each answer is told from all the others, which is how new customers would fare."),
            )
            st.metric(
                t("Answers told now, not before"),
                f"{receipt.helped}",
                t("{n} the other way", n=receipt.harmed),
                delta_color="off",
                delta_arrow="off",
                border=True,
            )
        _moves(receipt)
        _scores(receipt)
        _decide(study, receipt, place)


def _judged(receipt: Receipt) -> None:
    n = receipt.n_answers
    by = (
        t("Learned from {n} answers, {m} of them by a language model.", n=n, m=receipt.n_by_model)
        if receipt.n_by_model
        else t("Learned from {n} answers.", n=n)
    )
    if receipt.judgement == "nothing":
        st.info(f"{by} " + t("They agree with the segments as they are: nothing would change."))
    elif receipt.judgement == "keep":
        st.success(
            f"{by} " + t("What was learned also tells answers that it was not learned from: it helps."),
            icon=":material/verified:",
        )
    elif receipt.after < receipt.before or receipt.harmed >= receipt.helped:
        st.error(
            f"{by} "
            + t("They contradict each other: what is learned from some of them tells the others no better. Refused."),
            icon=":material/block:",
        )
    else:
        st.warning(
            f"{by} " + t("They point the same way, but could do so by chance. Answer more questions. Refused for now."),
            icon=":material/hourglass_empty:",
        )
    st.caption(
        t(
            "Chance that answers without sense help as much: {luck}. Chance to tell as many where three in ten answers "
            "are wrong: {doubt}. The first must be 15 % or less, the second 5 %, and both multiplied 0.25 %.",
            luck=_chance(receipt.luck),
            doubt=_chance(receipt.doubt),
        )
    )


def _moves(receipt: Receipt) -> None:
    if not receipt.moves:
        return
    table = [
        {
            t("From"): receipt.names.get(move.start, move.start),
            t("To"): receipt.names.get(move.end, _new(move.end)),
            t("Customers"): len(move.customers),
            t("How"): _how(move),
        }
        for move in receipt.moves
    ]
    st.dataframe(table, hide_index=True, alt=t("Who would go where"), key="receipt_moves")
    rows = [
        {t("Customer"): id_, t("From"): move.start, t("To"): move.end}
        for move in receipt.moves
        for id_ in move.customers
    ]
    st.download_button(
        t("Download who would move"),
        partial(as_csv, rows),
        "would_move.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key="receipt_csv",
    )


def _chance(chance: float) -> str:
    return f"{chance:.1%}" if chance >= 0.001 else "<0.1%"


def _how(move: Move) -> str:
    if move.end.startswith("N"):
        return t("split off")
    return t("the whole segment") if move.whole else t("some of it")


def _new(end: str) -> str:
    return t("New segment {n}", n=end[1:]) if end.startswith("N") else end


def _scores(receipt: Receipt) -> None:
    if not receipt.scores:
        return
    table = [
        {
            t("Score"): scores.title(score.name),
            t("Space"): scores.space(score.space),
            t("Score before"): score.before,
            t("Score after"): score.after,
            t("Which is"): _told(score.before, score.after, higher=score.better == "higher"),
        }
        for score in receipt.scores
        if not score.name.startswith("reappearance_")  # of bands: the whole is told
    ]
    formats = {name: st.column_config.NumberColumn(format="%.3f") for name in (t("Score before"), t("Score after"))}
    st.dataframe(
        table,
        hide_index=True,
        column_config=formats,
        alt=t("Scores before and after"),
        height="content",
        key="receipt_scores",
    )
    st.caption(
        t(
            "Scores reward what is compact; what you know may well cost some of it. The answers decide, the scores "
            "tell the price."
        )
    )


def _told(before: float, after: float, *, higher: bool) -> str:
    if abs(after - before) < 1e-3 * max(1.0, abs(before)):
        return t("as before")
    return t("better") if (after > before) == higher else t("worse")


def _decide(study: Study, receipt: Receipt, place: int) -> None:
    if receipt.decided:
        st.caption(_kept(study, receipt) if receipt.decided == "kept" else t("Discarded; the answers stay."))
        return
    if not receipt.moves:
        return
    if receipt.run != study.run:
        st.caption(t("The segments were made anew since. See again what the answers would change, and decide then."))
        return
    with st.container(horizontal=True):
        if receipt.judgement == "keep" and st.button(
            t("Keep and apply"),
            type="primary",
            icon=":material/check:",
            key="receipt_keep",
            disabled=jobs.busy(),
            help=t("The moves go into the list of edits, where they can be taken back."),
        ):
            _keep(place)
        st.button(t("Discard"), icon=":material/close:", key="receipt_discard", on_click=_discard, args=(place,))


def _kept(study: Study, receipt: Receipt) -> str:
    left, n = standing(study, receipt)
    if not n:
        return t("Kept. The list of edits is another one since.")
    if not left:
        return t("Kept, and taken back since in the list of edits.")
    if left < n:
        return t("Kept. Of its {n} edits, {gone} were taken back since in the list of edits.", n=n, gone=n - left)
    return t("Kept. The moves are in the list of edits, where they can be taken back.")


def _keep(place: int) -> None:
    try:
        made = edits.change(lambda study: kept(study, place, edits.author()))
    except SegmentError as error:
        st.error(plain(tell(error.message)))
        return
    if made is not None:
        edits.apply()
        st.rerun()


def _discard(place: int) -> None:
    if edits.change(lambda study: discarded(study, place)) is not None:
        st.toast(t("Discarded."), icon=":material/close:")


def _line(study: Study, receipt: Receipt) -> dict[str, object]:
    said = {"keep": t("Helps"), "refuse": t("Refused"), "nothing": t("Changes nothing")}
    kept = t("Kept") if standing(study, receipt)[0] else t("Kept, taken back since")
    done = {"": t("Open"), "kept": kept, "discarded": t("Discarded")}
    return {
        t("When"): receipt.at,
        t("Answers"): receipt.n_answers,
        t("Judged"): said[receipt.judgement],
        t("Would move"): receipt.n_moved,
        t("Told before"): receipt.before,
        t("Told after"): receipt.after,
        t("Decided"): done[receipt.decided],
    }
