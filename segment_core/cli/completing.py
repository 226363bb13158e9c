"""Completing: a script by which a shell completes the commands, by shtab."""

import argparse
from pathlib import Path
from typing import Any

SHELLS = ("bash", "zsh", "tcsh")


def run(asked: argparse.Namespace) -> int:
    """Print the script for a shell."""
    import shtab

    from segment_core.cli.asking import parser

    whole = parser()
    commands: Any = next(action for action in whole._actions if action.choices).choices
    for command in commands.values():
        for action in command._actions:
            if action.type is Path or action.dest == "study":
                action.complete = shtab.FILE
    print(shtab.complete(whole, shell=asked.shell, preamble=""))
    return 0
