"""Canaries: personal data planted in a file of customers, looked for in all that servers of models receive."""

import io
import json
import re
import threading
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.tables import Table
from segment_core.answering import ask_model
from segment_core.artifacts import Step
from segment_core.journey import collect, run
from segment_core.llm import ModelAccess
from segment_core.plan import Plan
from segment_core.searching import alike, index_of, passages_of
from segment_core.store import Workspace
from segment_core.study import Study
from segment_core.suggesting import SuggestingOptions, suggestions_of
from segment_core.writing_contents import write_contents

COUNTS = {"names": 40, "e-mails": 35, "phones": 35, "cards": 25, "ids": 20, "IBANs": 20, "customer ids": 25}
"""Two hundred in all."""
N_CUSTOMERS = 160
LETTERS = ("granularity", "kllmmeans", "labelled")
FIRST = ("Zelda", "Oswin", "Mirabel", "Thaddeus", "Quilla", "Ignatia", "Lorcan", "Saffira")
LAST = ("Quistrum", "Vandermolk", "Ashgrovel", "Tiddlewyn", "Brackelhoff")
COUNTRIES = {"GB": 44, "DE": 49, "FR": 33, "US": 1, "CN": 86, "IN": 91, "PL": 48}
SAID = (
    "The parcel came late and nobody answered. {0} Please look into the delivery of my order.",
    "Lovely quality, the fabric is soft and warm. {0} I would buy this jacket again.",
    "The price went up again, and the voucher did not work. {0} I want my discount.",
)


def measure(seed: int = 0) -> Table:
    planted = plant(seed)
    with listening() as (url, log):
        study = send(planted, url)
        n_calls, received = len(log), b"\n".join(log)
    leaked = leaks(planted.canaries, received)
    arrived = sum(masks(received).values())
    rows = [(kind, f"{len(found)}", f"{len(leaked[kind])}") for kind, found in planted.canaries.items()]
    rows.append(("all", f"{sum(COUNTS.values())}", f"{sum(map(len, leaked.values()))}"))
    return Table(
        f"Planted personal data that reached a model's server: {n_calls:,} calls with {len(received):,} bytes",
        ("kind", "planted", "leaked"),
        rows,
        f"{len(study.customers)} customers, from a file through masking, an encoder at an address, traits, relations, "
        "three algorithms that ask, a second opinion, personas, messages, a search and a question. "
        f"{arrived:,} tags stood in place of them. "
        "Looked for as written, without blanks and dashes, and as JSON and addresses write them. The kinds are those "
        "that masking knows; names outside marked columns, nicknames and misspelt names are not found.",
    )


@dataclass(frozen=True, slots=True)
class Planted:
    """A file, and what is planted in it by kind."""

    file: bytes
    canaries: Mapping[str, Sequence[str]]


def plant(seed: int = 0) -> Planted:
    """Make a file whose columns and texts hold two hundred personal data, each in at least one text."""
    random = np.random.default_rng(seed)
    canaries = {
        "names": [f"{first} {last}" for last in LAST for first in FIRST],
        "e-mails": [f"{FIRST[n % 8].lower()}.k{n}@mail{n}.example.org" for n in range(COUNTS["e-mails"])],
        "phones": _phones(random),
        "cards": _cards(random),
        "ids": _ids(random),
        "IBANs": _ibans(random),
        "customer ids": [f"KX-{48_000 + 37 * n}" for n in range(COUNTS["customer ids"])],
    }
    wrapped = {
        "names": "I spoke with {} about it.",
        "e-mails": "Write to {} about it.",
        "phones": "Call me, my phone is {}.",
        "cards": "I paid with card {}.",
        "ids": "{}.",
        "IBANs": "Refund to IBAN {}.",
        "customer ids": "My customer number is {}.",
    }
    said = [wrapped[kind].format(one) for kind, found in canaries.items() for one in found]
    said = [said[place] for place in random.permutation(len(said))]
    rows = []
    for n in range(N_CUSTOMERS):
        group = n % 3
        own = " ".join(said[n::N_CUSTOMERS])
        rows.append(
            {
                "customer_id": canaries["customer ids"][n] if n < COUNTS["customer ids"] else f"KX-{60_000 + n}",
                "full_name": canaries["names"][n % COUNTS["names"]],
                "email": canaries["e-mails"][n % COUNTS["e-mails"]],
                "phone": canaries["phones"][n % COUNTS["phones"]],
                "desk": canaries["e-mails"][group],
                "spend": round(float(random.gamma(2 + 3 * group, 40)), 2),
                "orders": int(random.poisson(2 + 4 * group)),
                "city": ("Leeds", "Lyon", "Lodz")[(group + int(random.random() < 0.2)) % 3],
                "review": SAID[group].format(own),
            }
        )
    buffer = io.StringIO()
    pd.DataFrame(rows).to_csv(buffer, index=False)
    kinds = canaries | {"ids": [one.rsplit(" ", 1)[-1] for one in canaries["ids"]]}
    return Planted(buffer.getvalue().encode(), kinds)


def send(planted: Planted, url: str) -> Study:
    """Take the file all the way, asking the model wherever one can be asked."""
    asked = {"url": url, "model": "m"}
    plan = Plan(
        roles={"full_name": "name", "desk": "category"},
        encoder=Step("endpoint", asked),
        traits=Step("model", asked | {"max_calls": 40}),
        graph=Step("spectral", asked | {"n_calls": 20}),
        projection=Step("pca"),
        personas=Step("model", asked),
        clustering=Step("labelled", asked | {"n_segments": 3}),
    )
    customers = collect(planted.file, "canaries.csv", plan).customers
    study = run(customers, plan, source="canaries.csv")
    for name in LETTERS[:-1]:
        options = asked if name == "granularity" else asked | {"n_segments": 3}
        run(customers, plan.having(clustering=Step(name, options), traits=Step("none"), graph=Step("none")))
    suggestions_of(study, SuggestingOptions(**asked))
    passages = passages_of(customers)
    index = index_of(study, passages, lambda *_: None, secrets={})
    alike(index, passages, len(customers), "waiting for a refund", lambda *_: None, secrets={})
    _write_messages(study, asked)
    told = [planted.canaries[kind][1] for kind in planted.canaries]
    ask_model(f"Who is it: {'; '.join(told)}?", study, ModelAccess(url, "m", ""))
    return study


def _write_messages(study: Study, asked: Mapping[str, str]) -> None:
    with TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        study_id = workspace.new_study("canaries.csv")
        workspace.save_study(study_id, study, summary={})
        writer = {"name": "model", "options": {**asked, "variants": 1}}
        args = {"workspace": folder, "study": study_id, "writer": writer, "channels": ["sms"]}
        write_contents(args | {"brief": {"goal": "win back"}}, {}, lambda *_: None)


def leaks(canaries: Mapping[str, Sequence[str]], received: bytes) -> dict[str, list[str]]:
    """Return the canaries that stand in what was received, in any of the forms in which they might."""
    text = received.decode("utf-8", "replace")
    every = [text, urllib.parse.unquote_plus(text), _unescaped(text)]
    seen = "\n".join(one.casefold() for one in every)
    bare = "\n".join(re.sub(r"[\s().\-/]", "", one) for one in every).casefold()
    found: dict[str, list[str]] = {}
    for kind, listed in canaries.items():
        found[kind] = [one for one in listed if any(form in seen for form in _forms(kind, one)) or _bare(one) in bare]
    return found


def masks(received: bytes) -> dict[str, int]:
    """Count the tags in what was received, by kind."""
    from segment_core.llm import masks_in

    return masks_in(received.decode("utf-8", "replace"))


def _forms(kind: str, canary: str) -> set[str]:
    escaped = json.dumps(canary)[1:-1]
    forms = {canary, escaped, urllib.parse.quote(canary), urllib.parse.quote_plus(canary)}
    if kind == "names":
        forms |= set(canary.split())
    return {form.casefold() for form in forms}


def _bare(canary: str) -> str:
    return re.sub(r"[\s().\-/]", "", canary).casefold()


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)


def _phones(random: np.random.Generator) -> list[str]:
    import phonenumbers as library

    found: list[str] = []
    regions = list(COUNTRIES)
    while len(found) < COUNTS["phones"]:
        region = regions[len(found) % len(regions)]
        example = library.example_number_for_type(region, library.PhoneNumberType.MOBILE)
        digits = str(example.national_number)
        drawn = digits[:-5] + "".join(map(str, random.integers(0, 10, 5)))
        number = library.PhoneNumber(country_code=COUNTRIES[region], national_number=int(drawn))
        if library.is_valid_number(number):
            found.append(library.format_number(number, library.PhoneNumberFormat.INTERNATIONAL))
    return found


def _cards(random: np.random.Generator) -> list[str]:
    from stdnum import luhn

    found = []
    for n in range(COUNTS["cards"]):
        start = ("4", "5")[n % 2] + str(1 + n % 5)
        body = start + "".join(map(str, random.integers(0, 10, 13)))
        digits = body + luhn.calc_check_digit(body)
        found.append(" ".join(digits[at : at + 4] for at in range(0, 16, 4)) if n % 3 else digits)
    return found


def _ids(random: np.random.Generator) -> list[str]:
    from stdnum.cn import ric
    from stdnum.es import dni

    found = []
    for n in range(COUNTS["ids"]):
        if n % 2:
            body = f"1101051949{1 + n % 9:02}{10 + n % 18}{int(random.integers(100, 999))}"
            found.append(f"My id number is {body}{ric.calc_check_digit(body + '0')}")
        else:
            body = f"{int(random.integers(10_000_000, 99_999_999))}"
            found.append(f"My DNI is {body}{dni.calc_check_digit(body)}")
    return found


def _ibans(random: np.random.Generator) -> list[str]:
    found = []
    for n in range(COUNTS["IBANs"]):
        body = "".join(map(str, random.integers(0, 10, 18)))
        check = 98 - int(f"{body}131400") % 97
        digits = f"DE{check:02}{body}"
        found.append(" ".join(digits[at : at + 4] for at in range(0, 22, 4)) if n % 2 else digits)
    return found


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """Serve a model that answers every question somehow; keep every byte of headers and bodies that comes."""
    log: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            log.append(f"{self.path}\n{self.headers}\n".encode() + body)
            said = json.dumps(_answer(json.loads(body))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", log
    finally:
        server.shutdown()
        server.server_close()


def _answer(body: dict[str, Any]) -> dict[str, Any]:
    if "input" in body:
        data = [{"index": n, "embedding": _vector(text)} for n, text in enumerate(body["input"])]
        return {"object": "list", "model": body["model"], "data": data, "usage": {"total_tokens": len(data)}}
    asked = next(message["content"] for message in body["messages"] if message["role"] == "user")
    match = re.search(r"<<(\w+)\n(.*)\n\1>>", asked, re.DOTALL)
    text = json.dumps(_filled(json.loads(match[2]) if match else {}, body["messages"][0]["content"]))
    message = {"role": "assistant", "content": text}
    usage = {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    head = {"id": "x", "object": "chat.completion", "created": 1, "model": body["model"]}
    return {**head, "choices": [choice], "usage": usage}


def _filled(data: dict[str, Any], told: str) -> dict[str, Any]:
    """Fill the form that was asked for, so that everything that can be asked is asked."""
    if "question" in data:
        return {"measure": "cannot"}
    if "brief" in data:
        return {"messages": []}
    if "segments" in data:
        return {"personas": []}
    if "pairs" in data:
        same = [_topic(pair["one"]) == _topic(pair["other"]) for pair in data["pairs"]]
        return {"pairs": [{"pair": pair["id"], "same": one} for pair, one in zip(data["pairs"], same, strict=True)]}
    texts = data.get("texts", [])
    if "groups" in data:
        best = {_topic(group["texts"][0]["text"]): group["id"] for group in data["groups"] if group["texts"]}
        picks = [{"text": one["id"], "group": best.get(_topic(one["text"])), "like": ""} for one in texts]
        return {"picks": picks}
    return _rated(texts, told)


def _rated(texts: Sequence[Any], told: str) -> dict[str, Any]:
    if "triples of subject" in told:
        return {"triples": []}
    if "Rubric" in told:
        scores = [{"criterion": "sentiment", "score": 2, "quote": f"{one['id']}.s1"} for one in texts]
        return {"texts": [{"text": one["id"], "scores": [score]} for one, score in zip(texts, scores, strict=True)]}
    if texts and isinstance(texts[0], dict):
        return {"labels": [{"text": one["id"], "label": f"matter {_topic(one['text'])}"} for one in texts]}
    return {"summary": f"{texts[0] if texts else ''}"}


def _topic(text: str) -> str:
    return next((word for word in ("parcel", "fabric", "price") if word in text), "other")


def _vector(text: str) -> list[float]:
    counts = [0.5] * 24
    for word in re.findall(r"[a-z]{4,}", text.lower()):
        counts[sum(map(ord, word)) % 24] += 1.0
    return counts
