"""Observed missions from the command line."""

from talentpool.observed.imports import ObservedMissionImporter
from talentpool.tabular.cli import import_command

import_missions = import_command("missions", ObservedMissionImporter)
