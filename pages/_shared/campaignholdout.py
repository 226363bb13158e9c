"""Campaign hold-out: how many customers get nothing, and what a test of that size can and cannot see."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import cachedcampaigns, campaigncharts, figures
from pages._shared.look import look
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Measure
from segment_core.campaigning import Ready
from segment_core.campaigning.briefing import seen
from segment_core.campaigns import default_share
from segment_core.study import Study


def expected(rows: Sequence[Ready], channel: str, measure: Measure, column: str) -> tuple[float | None, float | None]:
    """Return the rate, or the mean and spread, that is expected: of the column, or typed."""
    if column:
        known = [(row.reach[channel] or 0, row.baseline, row.spread) for row in rows if row.baseline is not None]
        total = sum(size for size, _, _ in known)
        if not total:
            return None, None
        mean = sum(size * base for size, base, _ in known) / total
        if measure == "rate":
            return mean, None
        return mean, (sum(size * (spread or 0.0) ** 2 for size, _, spread in known) / total) ** 0.5
    left, right = st.columns(2, gap="large")
    if measure == "rate":
        typed = left.number_input(
            t("Rate expected without the campaign, in %"),
            min_value=0.0,
            max_value=100.0,
            value=None,
            placeholder=t("Not known"),
            key="campaign_rate",
            persist_state="session",
        )
        return (None if typed is None else typed / 100), None
    mean = left.number_input(
        t("Mean expected without the campaign"),
        value=None,
        placeholder=t("Not known"),
        key="campaign_mean",
        persist_state="session",
    )
    spread = right.number_input(
        t("Standard deviation of the amounts"),
        min_value=0.0,
        value=None,
        placeholder=t("Not known"),
        key="campaign_spread",
        persist_state="session",
    )
    return mean, spread


def draw(
    study: Study, n: int, measure: Measure, baseline: float | None, spread: float | None
) -> tuple[float, int, float]:
    """Ask for the share held out, the seed and the power, and say what the test can see; return the three."""
    st.subheader(t("Hold-out"))
    left, right = st.columns([2, 3], gap="large")
    with left:
        percent = st.slider(
            t("Share held out, in %"),
            2,
            50,
            value=round(100 * default_share(n)),
            help=t("They get nothing of the campaign, and what they do without it is what it is compared with."),
            key="campaign_share",
            persist_state="session",
        )
        with st.expander(t("Seed and power"), icon=":material/tune:"):
            seed = st.number_input(
                t("Random seed"), min_value=0, value=study.plan.seed, key="campaign_seed", persist_state="session"
            )
            power = st.slider(
                t("Chance that a rise shows, in %"), 50, 95, value=80, key="campaign_power", persist_state="session"
            )
        share, chance = percent / 100, power / 100
        held = max(1, round(n * share))
        st.markdown(t("**{treated:,}** get the messages, **{held:,}** are held out.", treated=n - held, held=held))
        found = cachedcampaigns.detectable(n, share, measure, (baseline, spread), chance)
        known = baseline is not None if measure == "rate" else spread is not None
        if known and found is None:
            st.warning(t("With so few customers the test cannot show any rise. Choose more segments."))
        else:
            st.markdown(plain(tell(seen(found, measure, baseline, chance))))
        if found is not None and baseline and found > baseline / 2:
            st.warning(
                t(
                    "Only a rise by more than half of what is expected would show. Where the campaign brings less, the "
                    "test cannot tell: hold out more customers, or choose more segments."
                )
            )
    with right:
        _power(n, share, measure, (baseline, spread), chance)
    return share, int(seed), chance


def _power(n: int, share: float, measure: Measure, known: tuple[float | None, float | None], chance: float) -> None:
    points = [
        (one, rise)
        for one in cachedcampaigns.SHARES
        if (rise := cachedcampaigns.detectable(n, one, measure, known, chance)) is not None
    ]
    if not points:
        st.caption(t("Say what is expected without the campaign, and you see here what each hold-out can show."))
        return
    scale = 100 if measure == "rate" else 1
    unit = t("Smallest rise, points") if measure == "rate" else t("Smallest rise of the mean")
    found = cachedcampaigns.detectable(n, share, measure, known, chance)
    figures.draw(
        campaigncharts.power(
            [one for one, _ in points],
            [scale * rise for _, rise in points],
            None if found is None else (share, scale * found),
            (t("Share held out"), unit),
            look(),
        ),
        [{t("Share held out"): one, unit: scale * rise} for one, rise in points],
        key="campaign_power_curve",
        alt=t("What each hold-out can show"),
        formats={t("Share held out"): st.column_config.NumberColumn(format="percent")},
    )
