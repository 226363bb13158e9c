"""Words: what scores, verdicts, checks and kinds of evidence are called in a report."""

from segment_core.messages import Message, say

VERDICTS: dict[str, tuple[Message, Message]] = {
    "solid": (say("Solid"), say("The segments come back with other customers and stand apart: plan on them.")),
    "soft": (
        say("Soft"),
        say("There are kinds of customers here, but they shade into each other: plan on their cores."),
    ),
    "artefact": (
        say("Artefact"),
        say(
            "The cutting made them: they are slices of one crowd, one column makes them all, or they do not come back "
            "with other customers. See the checks."
        ),
    ),
    "nothing-there": (
        say("Nothing there"),
        say("Customers whose columns are shuffled look just as grouped: do not plan on these."),
    ),
}
SCORES: dict[str, Message] = {
    "silhouette": say("Silhouette"),
    "calinski_harabasz": say("Calinski–Harabasz index"),
    "davies_bouldin": say("Davies–Bouldin index"),
    "stability": say("Stability (bootstrap Jaccard)"),
    "dbcv": say("DBCV (density-based validation)"),
    "balance": say("Balance (evenness of sizes)"),
    "smallest_share": say("Share of the smallest segment"),
    "value_difference": say("Difference in value (eta squared)"),
    "term_coherence": say("Coherence of words (NPMI)"),
    "reappearance": say("Customers who come back"),
}
KINDS: dict[str, Message] = {
    "size": say("Size"),
    "worth": say("Part of the total"),
    "share": say("Share"),
    "median": say("Median"),
    "mean": say("Mean"),
    "date": say("Date"),
    "term": say("Word"),
    "quote": say("Quote"),
}
ROLES: dict[str, Message] = {
    "id": say("Customer id"),
    "number": say("Number"),
    "money": say("Money"),
    "count": say("Count"),
    "category": say("Category"),
    "yes/no": say("Yes or no"),
    "date": say("Date"),
    "text": say("Text"),
    "place": say("Place"),
    "image": say("Image"),
    "audio": say("Audio"),
    "vector": say("Vector"),
    "consent": say("Consent"),
    "suppression": say("Do not contact"),
    "name": say("Name"),
    "ignore": say("Ignore"),
}
