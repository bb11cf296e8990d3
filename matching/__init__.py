"""Ranks profiles for a posting by TF-IDF, and says why.

A *profile* is what a talent wrote of themself, a *posting* is one seat of a ministry's need, and a
ranked profile is a *suggestion*: the ranking proposes, people decide. Nothing here knows of a
database or of the web.

>>> from matching import Posting, Profile, Ranker
>>> pool = [Profile("a", text="Je développe en Python."), Profile("b", text="Je dessine.")]
>>> ranking = Ranker().fit(pool).rank(Posting("p", title="Développement Python"))
>>> [suggestion.key for suggestion in ranking.suggestions]
['a', 'b']
"""

from matching._compare import Comparison, CriterionDifference, DecidedBy, Difference, compare
from matching._levels import AskedSkill, HeldSkill
from matching._ranker import NotFitted, Ranker
from matching._reasons import displayed_parts
from matching._skills import Referential, Skill
from matching._storage import UnreadableIndex
from matching._types import (
    Answer,
    Criterion,
    Missing,
    Mode,
    Posting,
    Profile,
    Ranking,
    Reason,
    SpokenLanguage,
    Suggestion,
)
from matching._version import version

__all__ = [
    "Answer",
    "AskedSkill",
    "Comparison",
    "Criterion",
    "CriterionDifference",
    "DecidedBy",
    "Difference",
    "HeldSkill",
    "Missing",
    "Mode",
    "NotFitted",
    "Posting",
    "Profile",
    "Ranker",
    "Ranking",
    "Reason",
    "Referential",
    "Skill",
    "SpokenLanguage",
    "Suggestion",
    "UnreadableIndex",
    "__version__",
    "compare",
    "displayed_parts",
]

__version__ = version()
