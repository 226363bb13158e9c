"""ONNX making: a sentence model written as ONNX in 8-bit whole numbers, and compared with the original."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Progress
from segment_core.encoders.models import loading
from segment_core.encoders.onnx_reading import session
from segment_core.encoders.onnx_smoothing import STRENGTH, smooth
from segment_core.encoders.sentence_parts import Recipe, padded, pooled, tokenizer_of
from segment_core.errors import ModelError
from segment_core.messages import say

FILE = "model.onnx"
MADE = {"format": 2, "opset": 17, "kind": "int8 by channel", "kept whole": "first return", "smoothing": STRENGTH}
"""What a kept file was made by; another recipe is another file."""
FAITHFUL = 0.985
"""Least cosine to the original over the texts tried. Of many texts some are a little lower: 0.98 is promised."""
KINDS = ("bert", "roberta", "xlm-roberta", "camembert", "distilbert", "mpnet", "electra")
TRIED = (
    "Where is my card?",
    "refund",
    "I love this dress, it fits perfectly and the fabric is soft.",
    "The delivery was late and nobody told me anything about it, so I will not order here again.",
    "How do I change my PIN, and why was I charged twice for the same transfer last week?",
    "Great value!!!",
    "It runs small: I am usually a 10 but had to return this for a 12, which is still tight across the shoulders.",
    "App crashes on login since the last update (version 3.2), please fix",
    "Friendly staff, clean car, fair price; the queue at the airport took an hour, though.",
    "My top-up has not arrived in my account yet, what should I do?",
    "the food was cold and the waiter was rude. never again",
    "We have been customers for nine years. The quality used to be excellent, but the last two pairs of shoes "
    "came apart within a month, and the answer from support was a form letter. "
    "I would like to be heard before I leave for good.",
)
NOISE = (
    "You are using the legacy TorchScript-based ONNX export",
    "The feature will be removed. Please remove usage of this function",
    "Converting a tensor to a Python",
    "Exporting aten::index operator of advanced indexing",
    "torch.tensor results are registered as constants in the trace",
    "Iterating over a tensor might cause the trace to be incorrect",
    "Constant folding",
)


def make(folder: Path, source: Path, name: str, recipe: Recipe, progress: Progress) -> None:
    """Write the model of `source` into `folder` as ONNX, in 8-bit numbers where that stays faithful.

    Weights are quantised by channel, activations as they come (dynamically), multiplications by weights only. Ranges
    are evened out before, and the first feed-forward part, where they are widest, returns in whole precision. The
    result is tried on some texts; where processor or model make it stray, unsigned weights are tried, and then none
    are quantised.

    Raises
    ------
    ModelError
        If the model is of a kind that is not known to go through, or goes through wrong.
    """
    if recipe.kind not in KINDS:
        raise ModelError(
            "The model {model} is of the kind {kind}; only {names} can be made quicker. Choose the full model.",
            model=name,
            kind=recipe.kind or "-",
            names=", ".join(KINDS),
        )
    progress(0, 4, say("Preparing the quick form of {model}, once", model=name))
    inputs = _inputs(source, name, recipe)
    whole = folder / "whole.onnx"
    with _quiet():
        wanted = _exported(source, name, recipe, inputs, whole)
    progress(1, 4, say("Rounding the weights of {model}, once", model=name))
    prepared = folder / "prepared.onnx"
    with _quiet():
        kept_whole = _prepare(whole, prepared, inputs)
    for signed in (True, False):
        with _quiet():
            _quantise(prepared, folder / FILE, signed, kept_whole)
        progress(3, 4, say("Comparing the quick form of {model} with the original, once", model=name))
        if _worst(folder / FILE, recipe, inputs, wanted) >= FAITHFUL:
            break
    else:
        whole.replace(folder / FILE)
        if _worst(folder / FILE, recipe, inputs, wanted) < FAITHFUL:
            raise ModelError("The quick form of {model} strays from the original. Choose the full model.", model=name)
    whole.unlink(missing_ok=True)
    prepared.unlink()
    progress(4, 4, say("Quick form of {model} made", model=name))


def _inputs(source: Path, name: str, recipe: Recipe) -> dict[str, NDArray[np.int64]]:
    tokenizer = tokenizer_of(source, name, recipe)
    pieces, mask = padded([found.ids for found in tokenizer.encode_batch(list(TRIED))])
    return {"input_ids": pieces, "attention_mask": mask}


def _exported(
    source: Path, name: str, recipe: Recipe, inputs: Mapping[str, NDArray[np.int64]], path: Path
) -> NDArray[np.float32]:
    """Write the model as ONNX, and return the vectors of the original."""
    import torch
    from transformers import AutoModel

    class Last(torch.nn.Module):  # type: ignore[misc]
        def __init__(self, model: Any) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.model(input_ids=input_ids, attention_mask=attention_mask)[0]

    with loading(name):
        model = AutoModel.from_pretrained(
            source, trust_remote_code=False, use_safetensors=True, attn_implementation="eager", dtype=torch.float32
        ).eval()
        model.config.return_dict = False
        given = tuple(torch.from_numpy(inputs[key]) for key in ("input_ids", "attention_mask"))
        with torch.inference_mode():
            wanted = pooled(model(*given)[0].numpy(), inputs["attention_mask"], recipe.pooling)
        sizes = {key: {0: "texts", 1: "pieces"} for key in ("input_ids", "attention_mask", "hidden")}
        torch.onnx.export(
            Last(model),
            given,
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["hidden"],
            dynamic_axes=sizes,
            opset_version=MADE["opset"],
            dynamo=False,  # the newer exporter needs a package more
        )
    return wanted


def _prepare(whole: Path, prepared: Path, inputs: Mapping[str, NDArray[np.int64]]) -> list[str]:
    from onnxruntime.quantization.shape_inference import quant_pre_process

    plain = prepared.with_name("plain.onnx")
    quant_pre_process(str(whole), str(plain), skip_symbolic_shape=True)
    texts = [ids[mask > 0].tolist() for ids, mask in zip(*inputs.values(), strict=True)]
    returns = smooth(plain, prepared, texts)
    plain.unlink()
    return returns[:1]


def _quantise(prepared: Path, path: Path, signed: bool, kept_whole: list[str]) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(prepared),
        str(path),
        per_channel=True,
        op_types_to_quantize=["MatMul"],
        weight_type=QuantType.QInt8 if signed else QuantType.QUInt8,
        nodes_to_exclude=kept_whole,
    )


def _worst(path: Path, recipe: Recipe, inputs: Mapping[str, NDArray[np.int64]], wanted: NDArray[np.float32]) -> float:
    hidden = session(path.read_bytes()).run(None, dict(inputs))[0]
    return float((pooled(hidden, inputs["attention_mask"], recipe.pooling) * wanted).sum(axis=1).min())


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence what the exporter is known to say, and nothing else."""
    with warnings.catch_warnings():
        for message in NOISE:
            warnings.filterwarnings("ignore", message=message)
        yield
