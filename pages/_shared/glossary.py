"""Glossary: the core's code words (roles, bases, verdicts, bands…) as an analyst says them."""

from pages._shared.words import t
from segment_core.encoders import ENCODERS


def role(code: str) -> str:
    """Name a column's role."""
    return {
        "id": t("Customer id"),
        "number": t("Number"),
        "money": t("Money"),
        "count": t("Count"),
        "category": t("Category"),
        "yes/no": t("Yes or no"),
        "date": t("Date"),
        "text": t("Text"),
        "place": t("Place"),
        "image": t("Image"),
        "audio": t("Audio"),
        "vector": t("Vector"),
        "consent": t("Consent"),
        "suppression": t("Do not contact"),
        "name": t("Person's name"),
        "ignore": t("Ignore"),
    }[code]


def basis(code: str) -> str:
    """Name the basis of segmentation a column speaks for."""
    return {
        "geographic": t("Geographic"),
        "demographic": t("Demographic"),
        "psychographic": t("Psychographic"),
        "behavioural": t("Behavioural"),
        "none": "–",
    }[code]


def block(code: str) -> str:
    """Name a block of features."""
    return {
        "numbers": t("Numbers"),
        "categories": t("Categories"),
        "dates": t("Dates"),
        "places": t("Places"),
        "vectors": t("Vectors"),
        "text": t("Texts"),
        "topics": t("Topics"),
        "graph": t("Graph"),
        "traits": t("Traits"),
    }.get(code, code)


def block_meaning(code: str) -> str:
    """Say in a sentence what a block holds."""
    return {
        "numbers": t("Amounts and counts, heavy tails tamed, all on one scale."),
        "categories": t("One feature a value; rare values are taken together."),
        "dates": t("How long ago, on one scale."),
        "places": t("One feature a place; rare places are taken together."),
        "vectors": t("Vectors that came with the file, folded into their main directions."),
        "text": t("What customers wrote, by what it means."),
        "topics": t("What customers write about: their share of each topic."),
        "graph": t("What customers have in common: values, products and what they mention."),
        "traits": t("Attitudes read from texts, such as sentiment and price sensitivity."),
    }.get(code, "")


def verdict(code: str) -> str:
    """Name the verdict on a set of segments in a word or two."""
    return {
        "solid": t("Solid"),
        "soft": t("Soft"),
        "artefact": t("Artefact"),
        "nothing-there": t("Nothing there"),
    }[code]


def band(code: str) -> str:
    """Name how firmly a customer belongs to a segment."""
    return {"core": t("Core"), "fringe": t("Fringe"), "outlier": t("Outlier")}[code]


def stage(code: str) -> str:
    """Name a stage of the journey."""
    return {
        "features": t("Building features"),
        "clustering": t("Finding segments"),
        "projection": t("Drawing the map"),
        "scorecard": t("Checking segments"),
        "evidence": t("Describing segments"),
        "audit": t("Auditing for proxies"),
        "personas": t("Writing personas"),
    }.get(code, code)


def rfm_cell(code: str) -> str:
    """Name a cell of the RFM scores."""
    return {
        "Champions": t("Champions"),
        "Loyal": t("Loyal"),
        "Potential loyalists": t("Potential loyalists"),
        "New": t("New"),
        "Promising": t("Promising"),
        "Needing attention": t("Needing attention"),
        "About to sleep": t("About to sleep"),
        "At risk": t("At risk"),
        "Can't lose": t("Can't lose"),
        "Hibernating": t("Hibernating"),
        "Lost": t("Lost"),
    }.get(code, code)


def value(code: str) -> str:
    """Name a value that an option offers; what has no name here is shown as it stands."""
    if code in ENCODERS:
        return t(ENCODERS[code].label)
    return {
        "": t("Automatic"),
        "both": t("Contrast and head"),
        "contrast": t("Contrast"),
        "head": t("Head"),
        "masked words": t("Masked words"),
        "thaw gradually": t("Thaw gradually"),
        "freeze": t("Freeze all but the last"),
        "evenly": t("Evenly"),
        "by their texts": t("By their texts"),
        "between the two": t("Between the two"),
        "prototypes": t("Prototypes"),
        "en": "English",
        "zh": "中文",
        ",": t("Comma ( , )"),
        ";": t("Semicolon ( ; )"),
        ".": t("Point ( . )"),
        "|": t("Bar ( | )"),
        "\t": t("Tab"),
        "auto": t("Automatic"),
        "negative": t("Negative amounts"),
        "ignore": t("Leave returns out"),
        "received": t("Received attention"),
        "rollout": t("Attention rollout"),
        "last token": t("Last piece"),
        "mixed": t("Mean and maximum"),
        "same customer": t("Texts of one customer"),
        "same label": t("Texts of customers with the same value in a column"),
        "same text in other words": t("One text, cropped and thinned out"),
        "ward": t("Ward: least added spread"),
        "average": t("Average distance"),
        "complete": t("Complete: greatest distance"),
        "linear": t("Linear"),
        "mlp": t("With a hidden layer"),
        "own": t("Any ellipse for each"),
        "shared": t("One ellipse for all"),
        "upright": t("Ellipses along the features"),
        "round": t("Circles"),
        "as it is": t("The features as they are"),
        "smoothed": t("Smoothed over neighbours"),
        "unfolded": t("Unfolded (UMAP)"),
        "average linkage": t("Average linkage"),
        "single linkage": t("Single linkage"),
        "spectral": t("Spectral"),
    }.get(code, code)


VERDICT_COLOURS = {"solid": "green", "soft": "orange", "artefact": "orange", "nothing-there": "red"}
VERDICT_ICONS = {
    "solid": ":material/verified:",
    "soft": ":material/blur_on:",
    "artefact": ":material/warning:",
    "nothing-there": ":material/block:",
}
