"""The features that make the product: their pages, and what they add to the pages of lower ones."""

from talentpool.accounts.views import bp as accounts
from talentpool.anonymity.views import bp as anonymity
from talentpool.casework import (  # noqa: F401 - they add pages
    confirmation_views,
    handover_views,
)
from talentpool.casework.panel import panel, state_badge
from talentpool.casework.views import bp as casework
from talentpool.cv.views import bp as cv
from talentpool.declarations.views import bp as declarations
from talentpool.journal.views import bp as journal
from talentpool.matches import (  # noqa: F401 - they add pages
    board_views,
    compare_views,
    decision_views,
    letter_views,
    order_views,
    presence_views,
    replay_views,
    team_views,
)
from talentpool.matches import setting_views as match_settings  # noqa: F401 - it adds its pages
from talentpool.matches.views import bp as matches
from talentpool.merges.views import bp as merges
from talentpool.needs import file_views as need_files  # noqa: F401 - it adds its pages
from talentpool.needs import seat_views as need_seats  # noqa: F401 - it adds its pages
from talentpool.needs.views import bp as needs
from talentpool.notifications.views import bp as notifications
from talentpool.observed.views import bp as observed
from talentpool.organisations.views import bp as organisations
from talentpool.oversight.views import bp as oversight
from talentpool.pages.views import bp as pages
from talentpool.placements import (  # noqa: F401 - they add pages
    contract_views,
    file_views,
    proposal_views,
    timeline_views,
)
from talentpool.placements.views import bp as placements
from talentpool.pool import views as pool  # noqa: F401 - it adds its pages
from talentpool.proposals import bulk_views, link_views, side_views  # noqa: F401 - they add pages
from talentpool.proposals.views import bp as proposals
from talentpool.skills.views import bp as skills
from talentpool.steering.views import bp as steering
from talentpool.tabular.views import bp as tabular
from talentpool.talents import file_views as talent_files  # noqa: F401 - it adds its pages
from talentpool.talents.views import bp as talents
from talentpool.web.slots import Filler

BLUEPRINTS = (
    pages,
    accounts,
    notifications,
    journal,
    organisations,
    skills,
    talents,
    cv,
    anonymity,
    needs,
    tabular,
    proposals,
    placements,
    observed,
    casework,
    matches,
    merges,
    declarations,
    oversight,
    steering,
)
#: What higher features add to the pages of lower ones, by the name of the place.
SLOTS: dict[str, tuple[Filler, ...]] = {
    "need": (panel,),
    "need_badges": (state_badge,),
    "seat": (panel,),
    "talent": (panel,),
    "talent_badges": (state_badge,),
}
