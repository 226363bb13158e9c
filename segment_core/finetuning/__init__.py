"""Fine-tuning: an encoder learns this customer base. Each line of the menu offers `tune(lesson, options, …)`."""

from segment_core.choices import Choice
from segment_core.finetuning import fewshot, meta, multitask, supervised, transfer, unsupervised
from segment_core.finetuning.lessons import Lesson, Task, Tuned

RECIPES: dict[str, Choice] = {
    "supervised": Choice(
        "From labels",
        supervised.tune,
        supervised.SupervisedOptions,
        when="You have a column of labels, segments or moods: texts of one label are drawn together, others apart.",
        needs=("torch", "sentence_transformers"),
    ),
    "unsupervised": Choice(
        "From the texts alone",
        unsupervised.tune,
        unsupervised.UnsupervisedOptions,
        when="Nobody has labelled anything, and customers speak in words that an ordinary model does not know.",
        needs=("torch", "sentence_transformers"),
    ),
    "transfer": Choice(
        "From another encoder",
        transfer.tune,
        transfer.TransferOptions,
        when="You have labels, and an encoder that was tuned before: it learns the new ones and forgets little.",
        needs=("torch", "sentence_transformers", "peft"),
    ),
    "multitask": Choice(
        "From several columns at once",
        multitask.tune,
        multitask.MultiTaskOptions,
        when="Several columns say something about the texts, and the encoder should serve them all.",
        needs=("torch", "sentence_transformers"),
    ),
    "meta": Choice(
        "Learning to learn",
        meta.tune,
        meta.MetaOptions,
        when="You have label sets of the past, and of a new one about five texts a label.",
        needs=("torch", "sentence_transformers"),
    ),
    "fewshot": Choice(
        "From a handful of labels",
        fewshot.tune,
        fewshot.FewShotOptions,
        when="You have labelled eight or so texts of each kind: every pair of them is a lesson.",
        needs=("torch", "sentence_transformers"),
    ),
}

__all__ = ["RECIPES", "Lesson", "Task", "Tuned"]
