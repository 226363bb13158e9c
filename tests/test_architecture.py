"""The house stands as DESIGN draws it: who may import whom, what is loaded when, and how long a module may be."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = ROOT / "segment_core"
MODULES = sorted(CORE.rglob("*.py"))
APP = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]

KERNEL = {"artifacts", "choices", "errors", "extras", "messages"}
TOOLS = {
    "llm",
    "privacy",
    "store",
    "scaling",
    "language",
    "nullmodels",
    "numberlists",
    "phrasing",
    "grounding",
    "separation",
    "wordcounts",
}
STEPS = {
    "intake",
    "encoders",
    "contrasting",
    "topics",
    "graphs",
    "traits",
    "features",
    "clustering",
    "projection",
    "metrics",
    "profiles",
    "labelling",
    "personas",
    "contents",
    "campaigns",
    "recommending",
    "feedback",
    "finetuning",
    "exporting",
}
FRAME = {
    "plan",
    "planparts",
    "study",
    "stages",
    "composition",
    "journey",
    "laddering",
    "banding",
    "scoring",
    "looking",
    "measuring",
    "answering",
    "campaigning",
    "offering",
    "improving",
    "tuning",
    "delivering",
    "reporting",
    "capsules",
    "comparing",
    "naming",
    "ruling",
    "runs",
    "searching",
    "sweeping",
    "suggesting",
    "tasks",
    "writing_contents",
    "cli",
    "__main__",
    "__init__",
}
BY_NAME = {
    ("features", "encoders"),
    ("finetuning", "encoders"),
    ("llm", "privacy"),
    ("phrasing", "llm.filters"),
    ("grounding", "llm.filters"),
    ("grounding", "phrasing"),
    ("wordcounts", "language"),
    ("wordcounts", "privacy"),
}
HEAVY = {
    "accelerate",
    "anthropic",
    "docx",
    "duckdb",
    "fontTools",
    "fpdf",
    "gensim",
    "google",
    "hdbscan",
    "huggingface_hub",
    "jieba",
    "model2vec",
    "networkx",
    "numba",
    "onnx",
    "onnxruntime",
    "openai",
    "peft",
    "phonenumbers",
    "pptx",
    "py3langid",
    "pydantic_ai",
    "safetensors",
    "scipy",
    "sentence_transformers",
    "sklearn",
    "sqlglot",
    "stdnum",
    "torch",
    "transformers",
    "umap",
    "xlsxwriter",
}

Check = Callable[[Path], None]


def _each(paths: list[Path]) -> Callable[[Check], Callable[[], None]]:
    """Make one test of a check of many files, which names every file that fails: thousands of tests cost a minute."""

    def decorate(check: Check) -> Callable[[], None]:
        def test() -> None:
            wrong = []
            for path in paths:
                try:
                    check(path)
                except AssertionError as error:
                    wrong.append(f"{path.relative_to(ROOT)}: {error}")
            assert not wrong, "\n".join(wrong)

        test.__name__ = check.__name__
        return test

    return decorate


every_module, every_source = _each(MODULES), _each(MODULES + APP)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(nodes: Iterator[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk everything but what only a type checker sees."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from at_run_time(node)


def at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk what runs when the module is imported: everything outside functions."""
    for node in ast.iter_child_nodes(tree):
        later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if not later and not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield node
            yield from at_import(node)


def room(path: Path) -> str:
    inside = path.relative_to(CORE)
    return inside.parts[0].removesuffix(".py")


def test_every_room_has_its_place() -> None:
    assert {room(path) for path in MODULES} <= KERNEL | TOOLS | STEPS | FRAME


@every_module
def test_a_module_imports_only_what_stands_below_it(path: Path) -> None:
    here = room(path)
    for name in imports(at_run_time(parsed(path))):
        if not name.startswith("segment_core."):
            continue
        other = name.removeprefix("segment_core.")
        there = other.split(".")[0]
        allowed = (
            here in FRAME
            or there == here
            or there in KERNEL
            or (here in STEPS and there in TOOLS)
            or any(here == one and (other + ".").startswith(two + ".") for one, two in BY_NAME)
        )
        assert allowed, f"{here} imports {other}"


@every_module
def test_a_kernel_stays_small(path: Path) -> None:
    if room(path) not in KERNEL:
        return
    outside = {name.split(".")[0] for name in imports(at_run_time(parsed(path)))}
    assert outside <= {"segment_core", "numpy", "pandas", *sys.stdlib_module_names}


@every_module
def test_heavy_packages_are_imported_where_they_are_used(path: Path) -> None:
    found = {name.split(".")[0] for name in imports(at_import(parsed(path)))}
    assert not found & (HEAVY | {"streamlit"})


@every_module
def test_the_core_has_never_heard_of_streamlit(path: Path) -> None:
    found = {name.split(".")[0] for name in imports(ast.walk(parsed(path)))}
    assert not found & {"streamlit", "plotly", "pages", "app"}


@every_module
def test_nothing_is_unpickled(path: Path) -> None:
    tree = parsed(path)
    found = {name.split(".")[0] for name in imports(ast.walk(tree))}
    assert not found & {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("torch.load", "pd.read_pickle", "pandas.read_pickle", "eval", "exec"), called
            for keyword in node.keywords:
                assert keyword.arg != "allow_pickle" or ast.unparse(keyword.value) == "False"
                assert keyword.arg != "trust_remote_code" or ast.unparse(keyword.value) == "False"


@every_source
def test_a_module_fits_its_room(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert path.stem not in ("utils", "util", "helpers", "common", "base", "misc")
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, "a module says what it is for"


@every_source
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno
            assert length <= 75, f"{node.name} has {length} lines"


@every_source
def test_nothing_swallows_every_error(path: Path) -> None:
    if path == CORE / "scaling" / "worker.py":  # the edge of a process: it reports whatever a task raises
        return
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            assert ast.unparse(node.type) not in ("Exception", "BaseException")


@pytest.mark.parametrize("module", ["segment_core.journey", "segment_core.cli", "segment_core.tasks"])
def test_importing_the_core_loads_nothing_heavy(module: str) -> None:
    heavy = sorted(HEAVY | {"streamlit", "plotly"})
    script = f"import sys, {module}; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True
    )
    assert found.stdout.strip() == "[]"
