"""Checkpoints: all that the next steps depend on, in safetensors and JSON, so that training can be taken up again."""

import json
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

STATE, TENSORS, CURVE = "state.json", "tensors.safetensors", "curve.json"
EVERY, COSTS = 30.0, 30.0
"""Seconds between two checkpoints, and how many times the seconds that writing one takes, where that is more."""


@dataclass(slots=True)
class Done:
    """How far a training has come: the loss of each step, the seconds spent, and the texts gone through."""

    losses: list[float] = field(default_factory=list)
    seconds: float = 0.0
    n_texts: int = 0

    @property
    def texts_a_second(self) -> float:
        """Return how many texts were gone through in a second."""
        return self.n_texts / max(self.seconds, 1e-9)


class Checkpoints:
    """Keep the latest checkpoint of one training in a folder; it is there whole or not at all."""

    def __init__(self, folder: Path, identity: str) -> None:
        self.folder = folder
        self.pause = EVERY
        self._identity = identity
        folder.mkdir(parents=True, exist_ok=True)

    def keep(
        self,
        weights: Mapping[str, Any],
        optimiser: Any,
        memory: Mapping[str, Any],
        parts: Mapping[str, Sequence[float]],
        done: Done,
    ) -> None:
        """Write down weights, the optimiser's moments, memory and losses; then forget the checkpoint before."""
        from safetensors.torch import save_file

        if not done.losses:
            return
        started = time.perf_counter()
        tensors = {f"weight:{name}": weight.detach() for name, weight in weights.items()}
        tensors |= {f"memory:{name}": tensor for name, tensor in memory.items()}
        for name, weight in weights.items():
            for moment, value in optimiser.state.get(weight, {}).items():
                tensors[f"moment:{moment}:{name}"] = value
        fresh = self.folder / f".{uuid4().hex}"
        fresh.mkdir()
        save_file({name: tensor.contiguous().cpu() for name, tensor in tensors.items()}, str(fresh / TENSORS))
        state = {"identity": self._identity, **asdict(done), "parts": dict(parts)}
        (fresh / STATE).write_text(json.dumps(state), encoding="ascii")
        before = self._all()
        fresh.replace(self.folder / f"checkpoint-{len(done.losses):08}-{fresh.name[1:9]}")
        for old in before:
            shutil.rmtree(old, ignore_errors=True)
        self.pause = max(EVERY, COSTS * (time.perf_counter() - started))

    def restore(
        self, weights: Mapping[str, Any], optimiser: Any, memory: dict[str, Any], parts: dict[str, list[float]]
    ) -> Done | None:
        """Put everything back as the latest checkpoint has it; None where there is none of this very training."""
        for folder in reversed(self._all()):
            done = self._restored(folder, weights, optimiser, memory, parts)
            if done is not None:
                return done
        return None

    def _restored(
        self,
        folder: Path,
        weights: Mapping[str, Any],
        optimiser: Any,
        memory: dict[str, Any],
        parts: dict[str, list[float]],
    ) -> Done | None:
        import torch
        from safetensors import SafetensorError
        from safetensors.torch import load_file

        try:
            state = json.loads((folder / STATE).read_text(encoding="ascii"))
            if state["identity"] != self._identity:
                return None
            tensors = load_file(str(folder / TENSORS))
            done = Done([float(loss) for loss in state["losses"]], float(state["seconds"]), int(state["n_texts"]))
            curves = {str(name): [float(value) for value in values] for name, values in state["parts"].items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError, SafetensorError):
            return None  # damaged, or of another version: begin anew
        kept = {name.removeprefix("weight:"): value for name, value in tensors.items() if name.startswith("weight:")}
        if {name: value.shape for name, value in kept.items()} != {name: w.shape for name, w in weights.items()}:
            return None
        with torch.no_grad():
            for name, weight in weights.items():
                weight.copy_(kept[name])
        for name, value in tensors.items():
            kind, _, rest = name.partition(":")
            if kind == "memory":
                memory[rest] = value
            if kind == "moment":
                moment, _, of = rest.partition(":")
                weight = weights[of]
                # AdamW counts steps on the processor whatever the weights lie on.
                optimiser.state[weight][moment] = value if moment == "step" else value.to(weight.device)
        parts |= curves
        return done

    def _all(self) -> list[Path]:
        return sorted(self.folder.glob("checkpoint-*"))


def curve(folder: Path, n_steps: int, done: Done, parts: Mapping[str, Sequence[float]]) -> None:
    """Write the losses so far where a page can read them while the training runs."""
    found = {
        "n_steps": n_steps,
        **asdict(done),
        "texts_a_second": done.texts_a_second,
        "parts": dict(parts),
    }
    fresh = folder / f".{uuid4().hex}"
    fresh.write_text(json.dumps(found), encoding="ascii")
    fresh.replace(folder / CURVE)


def n_kept(folder: Path) -> int:
    """Return how many steps of a training are written down: from there it goes on."""
    found = [place.name.split("-")[1] for place in folder.glob("checkpoint-*")]
    return max((int(steps) for steps in found if steps.isdigit()), default=0)


def read_curve(folder: Path) -> dict[str, Any]:
    """Return the losses so far of a training; {} where none were written yet."""
    try:
        found = json.loads((folder / CURVE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
