"""Completing: a script by which a shell completes the commands, by shtab."""

import argparse
from pathlib import Path
from typing import Any

from segment_core.cli.telling import Telling

SHELLS = ("bash", "zsh")
NAME = "segment_core"
# A shell completes by the first word, which is python's. So ours looks whether its next words are our own; of other
# programs of python it says nothing, and what completed python before goes on doing so.
ENDS = {"bash": "\ncomplete -o bashdefault", "zsh": "\nif [[ $zsh_eval_context"}
"""Where shtab's own registering begins, which takes every word of a name for a program."""
FRAME = {
    "bash": """
_strata_before=$(complete -p python 2>/dev/null)
[[ $_strata_before =~ -F\\ ([^ ]+) && ${BASH_REMATCH[1]} != _strata_python ]] && _strata_before=${BASH_REMATCH[1]} \\
  || _strata_before=
_strata_python() {
  local place
  for ((place = 1; place + 1 < COMP_CWORD; place++)); do
    if [[ ${COMP_WORDS[place]} == -m && ${COMP_WORDS[place + 1]} == segment_core ]]; then
      COMP_WORDS=(segment_core "${COMP_WORDS[@]:place + 2}")
      COMP_CWORD=$((COMP_CWORD - place - 1))
      _shtab_segment_core segment_core "$2" "$3"
      return
    fi
  done
  [[ -n $_strata_before ]] && "$_strata_before" "$@"
}
complete -o bashdefault -o default -F _strata_python python python3
""",
    "zsh": """
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -u; }
_strata_python() {
  local place=${words[(i)segment_core]}
  if (( place > 2 && place < CURRENT )) && [[ $words[place-1] == -m ]]; then
    shift $(( place - 1 )) words
    (( CURRENT -= place - 1 ))
    _shtab_segment_core
  else
    _python 2>/dev/null || _default
  fi
}
compdef _strata_python python python3
""",
}


def run(asked: argparse.Namespace) -> int:
    """Print the script for a shell."""
    import shtab

    from segment_core.cli.asking import parser

    whole = parser(NAME)
    commands: Any = next(action for action in whole._actions if action.choices).choices
    for command in commands.values():
        for action in command._actions:
            if action.type is Path or action.dest == "study":
                action.complete = shtab.FILE
    made = shtab.complete(whole, shell=asked.shell, preamble="")
    script = made.split(ENDS[asked.shell])[0] + FRAME[asked.shell]
    if not asked.json:
        print(script)
    Telling(asked).end(shell=asked.shell, script=script)
    return 0
