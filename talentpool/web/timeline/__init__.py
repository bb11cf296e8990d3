"""A time line drawn by the server: one SVG of lanes and bars, and the table that says the same in words."""

from talentpool.web.timeline.drawing import Drawing, draw
from talentpool.web.timeline.parts import KINDS, NO_END, Bar, Lane, Level, Timeline
from talentpool.web.timeline.periods import ZOOMS, Period, neighbours, window

__all__ = [
    "KINDS",
    "NO_END",
    "ZOOMS",
    "Bar",
    "Drawing",
    "Lane",
    "Level",
    "Period",
    "Timeline",
    "draw",
    "neighbours",
    "window",
]
