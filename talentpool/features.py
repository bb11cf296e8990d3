"""The features that make the product: their pages, and what they add to the pages of lower ones."""

from talentpool.accounts import (  # noqa: F401 - they add pages
    factor_views,
    replacing_views,
    session_views,
    verify_views,
)
from talentpool.accounts import own_views as own_accounts  # noqa: F401 - it adds its pages
from talentpool.accounts.views import bp as accounts
from talentpool.admissions import decision_views as admission_decisions  # noqa: F401 - it adds pages
from talentpool.admissions import own_views as own_admissions  # noqa: F401 - it adds its pages
from talentpool.admissions import screening_views as admission_screenings  # noqa: F401 - it adds pages
from talentpool.admissions.own_views import panel as own_application_panel
from talentpool.admissions.views import bp as admissions
from talentpool.anonymity.views import bp as anonymity
from talentpool.assessments.panel import skills_panel
from talentpool.assessments.views import bp as assessments
from talentpool.board import file_views as board_files  # noqa: F401 - it adds its pages
from talentpool.board import search_views as board_searches  # noqa: F401 - it adds its pages
from talentpool.board.views import bp as board
from talentpool.casework import (  # noqa: F401 - they add pages
    confirmation_views,
    handover_views,
)
from talentpool.casework.panel import panel, state_badge
from talentpool.casework.views import bp as casework
from talentpool.commitments.views import bp as commitments
from talentpool.commitments.views import panel as commitment_panel
from talentpool.contests.views import assessment_link
from talentpool.contests.views import bp as contests
from talentpool.contests.views import talent_panel as contests_panel
from talentpool.cv.views import bp as cv
from talentpool.declarations.views import bp as declarations
from talentpool.interests.views import bp as interests
from talentpool.interests.views import need_panel as interest_panel
from talentpool.interests.views import talent_panel as interests_panel
from talentpool.invitations.views import bp as invitations
from talentpool.invitations.views import panel as invitation_panel
from talentpool.journal.views import bp as journal
from talentpool.matches import (  # noqa: F401 - they add pages
    board_views,
    chance_views,
    compare_views,
    decision_views,
    letter_views,
    order_views,
    own_need_views,
    presence_views,
    replay_views,
    team_views,
)
from talentpool.matches import setting_views as match_settings  # noqa: F401 - it adds its pages
from talentpool.matches.chance_views import chances_panel, short_chances
from talentpool.matches.costs import profile_costs
from talentpool.matches.own_need_views import own_explanations
from talentpool.matches.similar_panel import similar_panel, staff_similar_panel
from talentpool.matches.views import bp as matches
from talentpool.merges.views import bp as merges
from talentpool.needs import file_views as need_files  # noqa: F401 - it adds its pages
from talentpool.needs import move_views as need_moves  # noqa: F401 - it adds its pages
from talentpool.needs import promise_views as need_promises  # noqa: F401 - it adds its pages
from talentpool.needs import seat_views as need_seats  # noqa: F401 - it adds its pages
from talentpool.needs import step_views as need_steps  # noqa: F401 - it adds its pages
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
from talentpool.placements.panel import home_missions
from talentpool.placements.views import bp as placements
from talentpool.pool import views as pool  # noqa: F401 - it adds its pages
from talentpool.privacy import (  # noqa: F401 - they add pages
    asking_views,
    elimination_views,
    erasing_views,
    register_views,
)
from talentpool.privacy import returning as erased_people  # noqa: F401 - it watches imports
from talentpool.privacy.panel import home_notice, limit_badge, own_limit
from talentpool.privacy.views import bp as privacy
from talentpool.proposals import bulk_views, link_views, side_views  # noqa: F401 - they add pages
from talentpool.proposals.side_views import blocked_panel
from talentpool.proposals.views import bp as proposals
from talentpool.reviews.views import bp as reviews
from talentpool.reviews.views import panel as review_panel
from talentpool.skills.views import bp as skills
from talentpool.steering.views import bp as steering
from talentpool.tabular.views import bp as tabular
from talentpool.talents import (  # noqa: F401 - they add pages
    evidence_views,
    experience_views,
    situation_views,
    step_views,
)
from talentpool.talents import file_views as talent_files  # noqa: F401 - it adds its pages
from talentpool.talents.views import bp as talents
from talentpool.threads import question_views  # noqa: F401 - it adds its pages
from talentpool.threads.panel import questions_panel, thread_panel
from talentpool.threads.views import bp as threads
from talentpool.visibility.views import badges as visibility_badges
from talentpool.visibility.views import bp as visibility
from talentpool.visibility.views import own_panel as own_visibility
from talentpool.web.slots import Filler

BLUEPRINTS = (
    pages,
    accounts,
    notifications,
    journal,
    organisations,
    skills,
    talents,
    assessments,
    invitations,
    cv,
    anonymity,
    admissions,
    visibility,
    needs,
    board,
    reviews,
    commitments,
    threads,
    tabular,
    proposals,
    placements,
    observed,
    casework,
    interests,
    matches,
    contests,
    merges,
    declarations,
    oversight,
    steering,
    privacy,
)
#: What higher features add to the pages of lower ones, by the name of the place.
SLOTS: dict[str, tuple[Filler, ...]] = {
    "assessment": (assessment_link,),
    "home": (home_notice, home_missions),
    "need": (
        interest_panel,
        commitment_panel,
        review_panel,
        thread_panel,
        questions_panel,
        staff_similar_panel,
        panel,
    ),
    "need_badges": (state_badge,),
    "need_similar": (similar_panel,),
    "need_questions": (questions_panel,),
    "profile_costs": (profile_costs,),
    "own_profile": (own_application_panel, own_visibility, own_limit),
    "own_proposals": (own_explanations,),
    "own_visibility": (blocked_panel,),
    "seat": (panel,),
    "seat_chances": (chances_panel,),
    "seat_chances_in_short": (short_chances,),
    "talent": (invitation_panel, interests_panel, contests_panel, panel),
    "talent_skills": (skills_panel,),
    "talent_badges": (visibility_badges, state_badge, limit_badge),
}
