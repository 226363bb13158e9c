"""Behaviour: lines of orders become one row of what each customer did, and may do."""

from segment_core.intake.behaviour.future import Lifetime
from segment_core.intake.behaviour.measuring import Behaviour, measure
from segment_core.intake.behaviour.options import BehaviourOptions
from segment_core.intake.behaviour.orderlines import Lines, lines
from segment_core.intake.behaviour.recognition import Recognised, recognise
from segment_core.intake.behaviour.rfm import CELLS
from segment_core.intake.behaviour.summary import Cell, Summary, summarise

__all__ = [
    "CELLS",
    "Behaviour",
    "BehaviourOptions",
    "Cell",
    "Lifetime",
    "Lines",
    "Recognised",
    "Summary",
    "lines",
    "measure",
    "recognise",
    "summarise",
]
