"""Who may do what: one map from permission to rule, and nothing is allowed that it does not name."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any, Protocol, TypeVar

from talentpool.i18n import _

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """The five roles that an account may have."""

    TALENT = "talent"
    MINISTRY_MEMBER = "ministry_member"
    AGENCY_STAFF = "agency_staff"
    AGENCY_DIRECTOR = "agency_director"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The role as people say it, marked for translation."""
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.TALENT: _("Talent"),
    Role.MINISTRY_MEMBER: _("Membre d’un ministère"),
    Role.AGENCY_STAFF: _("Équipe de l’agence"),
    Role.AGENCY_DIRECTOR: _("Direction de l’agence"),
    Role.ADMINISTRATOR: _("Administration"),
}


class Viewer(Protocol):
    """Whoever asks: an account, or the anonymous visitor without a role."""

    @property
    def id(self) -> int | None:
        """The account's number, if signed in."""

    @property
    def role(self) -> Role | None:
        """The account's role, if signed in."""

    @property
    def organisation_id(self) -> int | None:
        """The organisation that a ministry member belongs to."""


class Permission(Enum):
    """What the product lets people do, as sentences; the rights matrix is printed from it."""

    USE_OWN_ACCOUNT = "use one's home page and one's own account"
    MANAGE_ACCOUNTS = "create accounts, change roles, disable accounts"
    MANAGE_ORGANISATIONS = "edit organisations and their names"
    READ_SKILLS = "read the referential of job families and skills"
    MANAGE_SKILLS = "edit the referential of job families and skills"
    READ_JOURNAL = "read the journal of what was done"
    EDIT_OWN_PROFILE = "read and edit one's own profile"
    READ_TALENTS = "read the profiles of the pool"
    MANAGE_TALENTS = "enter, edit and import profiles"
    ASSESS_SKILLS = "assess people's skills, and take an assessment back"
    EXPORT_TALENTS = "export profiles to a file"
    KEEP_SEARCHES = "keep searches of the pool, and share them"
    KEEP_BOARD_SEARCHES = "keep searches of the public board, and be told of new needs"
    APPLY_TO_POOL = "apply to the pool, and follow one's application"
    READ_APPLICATIONS = "read applications to the pool, without names before the interview"
    REVIEW_APPLICATIONS = "score the file of an application, without a name"
    DECIDE_APPLICATIONS = "entrust applications, interview and decide"
    EXPRESS_INTERESTS = "say what one thinks of open needs, and wish for some"
    CONTEST = "contest how one was read or ranked"
    ANSWER_CONTESTS = "read what people contest, and answer them"
    READ_NEEDS = "read the needs within one's reach"
    WRITE_NEEDS = "write needs and their seats"
    SPEAK_FOR_NEEDS = "submit a need, complete it, withdraw it"
    DISCUSS_NEEDS = "write to the other side of a need, in its thread"
    ASK_QUESTIONS = "ask questions on a published need, and read the answers"
    APPROVE_NEEDS = "approve a submitted need, or close it"
    REVIEW_NEEDS = "evaluate a need, and read the evaluations once all are in"
    READ_COMMITMENTS = "read what a host commits to before people arrive"
    IMPORT_NEEDS = "import needs from a file"
    EXPORT_NEEDS = "export needs to a file"
    READ_IMPORTS = "read the reports of imports"
    READ_RANKINGS = "read the seats' rankings and decisions"
    RANK_TALENTS = "have the pool ranked for a seat"
    DECIDE_ON_TALENTS = "shortlist a suggestion or set it aside"
    READ_PROPOSALS = "read who is proposed for which seat"
    MANAGE_PROPOSALS = "propose a talent for a seat, and move the proposal on"
    ANSWER_PROPOSALS = "read the proposals that concern one, and answer them"
    DISCUSS_PROPOSALS = "write in a proposal's thread, and settle when the two meet"
    READ_PLACEMENTS = "read contracts, placements, absences and the pool's capacity"
    MANAGE_PLACEMENTS = "sign contracts, place people, note absences, import all of it"
    EXPORT_PLACEMENTS = "export contracts, placements, absences and capacity to a file"
    READ_OWN_MISSIONS = "read the missions that one leads or hosts, with their letters"
    READ_NOTES = "read the agency's notes, follow-ups, handovers and confirmations"
    WRITE_NOTES = "write notes, follow cases, hand them over, ask for confirmation"
    READ_STEERING = "read the weekly screen and the ledger of unmet demand"
    MANAGE_PRIVACY = "answer what people ask about their data: archive, limits, erasure"
    READ_OVERSIGHT = "read what the ranking does to people over months"


@dataclass(frozen=True)
class Rule:
    """Roles that hold a permission and, for one object, what must also be true of it."""

    roles: frozenset[Role]
    about: Callable[[Viewer, Any], bool] | None = None


def _is_own_profile(viewer: Viewer, talent: Any) -> bool:
    return viewer.id is not None and talent.account_id == viewer.id


def _may_read_talent(_viewer: Viewer, talent: Any) -> bool:
    return bool(talent.is_known_to_agency)


def _is_own_application(viewer: Viewer, application: Any) -> bool:
    return _is_own_profile(viewer, application.talent)


def _is_handed_in(_viewer: Viewer, application: Any) -> bool:
    return bool(application.is_submitted)


def _is_file_open(_viewer: Viewer, application: Any) -> bool:
    return bool(application.is_readable)


def _is_own_search(viewer: Viewer, search: Any) -> bool:
    return viewer.id is not None and search.owner_id == viewer.id


def _may_read_need(viewer: Viewer, need: Any) -> bool:
    if viewer.role in AGENCY:
        return bool(need.is_submitted or need.entered_by_agency)
    if viewer.role is Role.MINISTRY_MEMBER:
        return _is_of_own_organisation(viewer, need)
    return bool(need.is_on_board)


def _may_write_need(viewer: Viewer, need: Any) -> bool:
    if viewer.role in AGENCY:
        return bool(need.is_submitted or need.entered_by_agency)
    return _is_of_own_organisation(viewer, need) and bool(need.is_editable_by_host)


def _may_speak_for_need(viewer: Viewer, need: Any) -> bool:
    if viewer.role in AGENCY:
        return bool(need.is_submitted or need.entered_by_agency)
    return _is_of_own_organisation(viewer, need)


def _may_discuss_need(viewer: Viewer, need: Any) -> bool:
    # The agency reads no ministry's draft: nobody is there to be written to.
    return _may_speak_for_need(viewer, need) and bool(need.is_submitted or need.entered_by_agency)


def _may_ask_about_need(viewer: Viewer, need: Any) -> bool:
    return bool(need.is_on_board or (need.is_published and _may_read_need(viewer, need)))


def _is_own_mission(viewer: Viewer, placement: Any) -> bool:
    if viewer.role in AGENCY:
        return True
    if viewer.role is Role.MINISTRY_MEMBER:
        return _is_of_own_organisation(viewer, placement.seat.need)
    return _is_own_profile(viewer, placement.talent)


def _is_own_proposal(viewer: Viewer, proposal: Any) -> bool:
    if viewer.role in AGENCY:
        return True
    if viewer.role is Role.MINISTRY_MEMBER:
        return _is_of_own_organisation(viewer, proposal.seat.need)
    return _is_own_profile(viewer, proposal.talent)


def _is_of_own_organisation(viewer: Viewer, need: Any) -> bool:
    return viewer.organisation_id is not None and need.organisation_id == viewer.organisation_id


AGENCY = frozenset({Role.AGENCY_STAFF, Role.AGENCY_DIRECTOR})
EVERYONE = frozenset(Role)
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

RULES: dict[Permission, Rule] = {
    Permission.USE_OWN_ACCOUNT: Rule(EVERYONE),
    Permission.MANAGE_ACCOUNTS: Rule(ADMINISTRATORS),
    Permission.MANAGE_ORGANISATIONS: Rule(ADMINISTRATORS),
    Permission.READ_SKILLS: Rule(EVERYONE),
    Permission.MANAGE_SKILLS: Rule(ADMINISTRATORS),
    Permission.READ_JOURNAL: Rule(ADMINISTRATORS),
    Permission.EDIT_OWN_PROFILE: Rule(frozenset({Role.TALENT}), _is_own_profile),
    Permission.READ_TALENTS: Rule(AGENCY, _may_read_talent),
    Permission.MANAGE_TALENTS: Rule(frozenset({Role.AGENCY_STAFF}), _may_read_talent),
    Permission.ASSESS_SKILLS: Rule(frozenset({Role.AGENCY_STAFF}), _may_read_talent),
    Permission.EXPORT_TALENTS: Rule(AGENCY),
    Permission.KEEP_SEARCHES: Rule(AGENCY, _is_own_search),
    Permission.KEEP_BOARD_SEARCHES: Rule(EVERYONE, _is_own_search),
    Permission.APPLY_TO_POOL: Rule(frozenset({Role.TALENT}), _is_own_application),
    Permission.READ_APPLICATIONS: Rule(AGENCY, _is_handed_in),
    Permission.REVIEW_APPLICATIONS: Rule(AGENCY, _is_file_open),
    Permission.DECIDE_APPLICATIONS: Rule(AGENCY, _is_handed_in),
    Permission.EXPRESS_INTERESTS: Rule(frozenset({Role.TALENT})),
    Permission.CONTEST: Rule(frozenset({Role.TALENT}), _is_own_profile),
    Permission.ANSWER_CONTESTS: Rule(frozenset({Role.AGENCY_STAFF})),
    Permission.READ_NEEDS: Rule(AGENCY | {Role.MINISTRY_MEMBER, Role.TALENT}, _may_read_need),
    Permission.WRITE_NEEDS: Rule(
        frozenset({Role.MINISTRY_MEMBER, Role.AGENCY_STAFF}), _may_write_need
    ),
    Permission.SPEAK_FOR_NEEDS: Rule(
        frozenset({Role.MINISTRY_MEMBER, Role.AGENCY_STAFF}), _may_speak_for_need
    ),
    Permission.DISCUSS_NEEDS: Rule(AGENCY | {Role.MINISTRY_MEMBER}, _may_discuss_need),
    Permission.ASK_QUESTIONS: Rule(
        AGENCY | {Role.MINISTRY_MEMBER, Role.TALENT}, _may_ask_about_need
    ),
    Permission.APPROVE_NEEDS: Rule(AGENCY),
    Permission.REVIEW_NEEDS: Rule(AGENCY, _may_read_need),
    Permission.READ_COMMITMENTS: Rule(AGENCY | {Role.MINISTRY_MEMBER}, _may_read_need),
    Permission.IMPORT_NEEDS: Rule(frozenset({Role.AGENCY_STAFF})),
    Permission.EXPORT_NEEDS: Rule(AGENCY),
    Permission.READ_IMPORTS: Rule(AGENCY),
    Permission.READ_RANKINGS: Rule(AGENCY),
    Permission.RANK_TALENTS: Rule(frozenset({Role.AGENCY_STAFF})),
    Permission.DECIDE_ON_TALENTS: Rule(frozenset({Role.AGENCY_STAFF})),
    Permission.READ_PROPOSALS: Rule(AGENCY),
    Permission.MANAGE_PROPOSALS: Rule(frozenset({Role.AGENCY_STAFF})),
    Permission.ANSWER_PROPOSALS: Rule(
        frozenset({Role.TALENT, Role.MINISTRY_MEMBER}), _is_own_proposal
    ),
    Permission.DISCUSS_PROPOSALS: Rule(
        frozenset({Role.AGENCY_STAFF, Role.TALENT, Role.MINISTRY_MEMBER}), _is_own_proposal
    ),
    Permission.READ_PLACEMENTS: Rule(AGENCY),
    Permission.MANAGE_PLACEMENTS: Rule(frozenset({Role.AGENCY_STAFF})),
    Permission.EXPORT_PLACEMENTS: Rule(AGENCY),
    Permission.READ_OWN_MISSIONS: Rule(
        AGENCY | {Role.TALENT, Role.MINISTRY_MEMBER}, _is_own_mission
    ),
    Permission.READ_NOTES: Rule(AGENCY),
    Permission.WRITE_NOTES: Rule(frozenset({Role.AGENCY_STAFF})),
    Permission.READ_STEERING: Rule(AGENCY),
    Permission.MANAGE_PRIVACY: Rule(ADMINISTRATORS),
    # Who decides is not who watches how decisions fall; and groups are shown to as few as can act on them.
    Permission.READ_OVERSIGHT: Rule(frozenset({Role.AGENCY_DIRECTOR})),
}


def allows(viewer: Viewer, permission: Permission, subject: object | None = None) -> bool:
    """Tell whether `viewer` holds `permission`, for `subject` when one is given.

    Without a subject the answer is about the role alone. A permission without a rule is denied.
    """
    rule = RULES.get(permission)
    if rule is None or viewer.role not in rule.roles:
        return False
    return subject is None or rule.about is None or rule.about(viewer, subject)


def access(permission: Permission) -> Callable[[View], View]:
    """Seal an endpoint: whoever lacks `permission` is answered 403, or asked to sign in."""

    def seal(view: View) -> View:
        view.__dict__["guard"] = permission
        return view

    return seal


def public(view: View) -> View:
    """Declare that an endpoint is for everybody, signed in or not."""
    view.__dict__["guard"] = "public"
    return view
