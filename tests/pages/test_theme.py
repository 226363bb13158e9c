"""Theme: ten colours that stay apart for every kind of eye, on both grounds."""

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

THEME = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
# Machado, Oliveira and Fernandes 2009, severity 1; they work on linear RGB.
EYES = {
    "common": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
# Ottosson 2020, OKLab.
TO_CONES = [[0.4122215, 0.5363325, 0.051446], [0.2119035, 0.6806995, 0.107397], [0.0883025, 0.2817188, 0.6299787]]
TO_LAB = [[0.2104543, 0.7936178, -0.004072], [1.9779985, -2.4285922, 0.4505937], [0.0259040, 0.7827718, -0.8086758]]


def linear(colour: str) -> np.ndarray:
    value = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, eye: str) -> np.ndarray:
    seen = np.clip(np.array(EYES[eye]) @ linear(colour), 0, 1)
    return np.array(TO_LAB) @ np.cbrt(np.array(TO_CONES) @ seen)


@pytest.mark.parametrize("eye", EYES)
def test_segment_colours_stay_apart(eye: str) -> None:
    colours = THEME["chartCategoricalColors"]
    assert len(colours) == 10
    assert min(np.linalg.norm(lab(a, eye) - lab(b, eye)) for a, b in combinations(colours, 2)) > 0.1


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_stand_out_from_the_ground(mode: str) -> None:
    theme = THEME[mode]
    assert min(contrast(colour, theme["backgroundColor"]) for colour in THEME["chartCategoricalColors"]) > 2.1
    assert contrast(theme["textColor"], theme["backgroundColor"]) > 7
    assert contrast(theme["linkColor"], theme["backgroundColor"]) > 4.5
    # It carries white words and stands as words on the ground: against a dark ground, both cannot have 4.5.
    assert contrast(theme["primaryColor"], "#ffffff") > 4.3
    assert contrast(theme["primaryColor"], theme["backgroundColor"]) > 4
    assert len(theme["chartSequentialColors"]) == len(theme["chartDivergingColors"]) == 10
