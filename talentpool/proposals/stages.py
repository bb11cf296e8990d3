"""The stages of a proposal, what leads from one to the next, and the words for all of them."""

from enum import StrEnum

from talentpool.i18n import _


class ProposalStatus(StrEnum):
    """How far a proposal has come; expired and obsolete are never a refusal."""

    PROPOSED = "proposed"
    MEETING_AGREED = "meeting_agreed"
    INTERVIEWED = "interviewed"
    HOST_AGREED = "host_agreed"
    TALENT_AGREED = "talent_agreed"
    AGREED = "agreed"
    CONFIRMED = "confirmed"
    PLACED = "placed"
    DECLINED = "declined"
    EXPIRED = "expired"
    OBSOLETE = "obsolete"

    @property
    def label(self) -> str:
        """The status as people say it, marked for translation."""
        return PROPOSAL_STATUS_LABELS[self]


class Side(StrEnum):
    """Who answers or declines, or on whom a proposal waits."""

    HOST = "host"
    TALENT = "talent"
    AGENCY = "agency"

    @property
    def label(self) -> str:
        """The side as people say it, marked for translation."""
        return SIDE_LABELS[self]


class Question(StrEnum):
    """What each side is asked, one after the other."""

    MEETING = "meeting"
    FINAL = "final"

    @property
    def label(self) -> str:
        """The question as it is put, marked for translation."""
        return QUESTION_LABELS[self]


class Channel(StrEnum):
    """How an answer came in."""

    APP = "app"
    LINK = "link"
    AGENCY = "agency"

    @property
    def label(self) -> str:
        """The channel as people say it, marked for translation."""
        return CHANNEL_LABELS[self]


class AnswerReason(StrEnum):
    """Why a side says yes or no, in one of a few words that can be counted."""

    SKILLS_FIT = "skills_fit"
    EXPERIENCE_FIT = "experience_fit"
    SUBJECT_FIT = "subject_fit"
    TERMS_FIT = "terms_fit"
    SKILLS = "skills"
    EXPERIENCE = "experience"
    DATES = "dates"
    PLACE = "place"
    SUBJECT = "subject"
    OTHER_MISSION = "other_mission"
    OTHER_PERSON = "other_person"
    NEED_CHANGED = "need_changed"
    LEAVES = "leaves"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return ANSWER_REASON_LABELS[self]


PROPOSAL_STATUS_LABELS = {
    ProposalStatus.PROPOSED: _("Proposée"),
    ProposalStatus.MEETING_AGREED: _("Rencontre acceptée"),
    ProposalStatus.INTERVIEWED: _("Entretien fait"),
    ProposalStatus.HOST_AGREED: _("Accord de l’administration"),
    ProposalStatus.TALENT_AGREED: _("Accord du talent"),
    ProposalStatus.AGREED: _("Accord des deux"),
    ProposalStatus.CONFIRMED: _("Confirmée"),
    ProposalStatus.PLACED: _("Placée"),
    ProposalStatus.DECLINED: _("Refusée"),
    ProposalStatus.EXPIRED: _("Expirée"),
    ProposalStatus.OBSOLETE: _("Caduque"),
}
SIDE_LABELS = {
    Side.HOST: _("L’administration"),
    Side.TALENT: _("Le talent"),
    Side.AGENCY: _("L’agence"),
}
QUESTION_LABELS = {
    Question.MEETING: _("Souhaitez-vous une rencontre ?"),
    Question.FINAL: _("Êtes-vous d’accord pour cette mission ?"),
}
CHANNEL_LABELS = {
    Channel.APP: _("sur le site"),
    Channel.LINK: _("par le lien du courriel"),
    Channel.AGENCY: _("notée par l’agence"),
}
ANSWER_REASON_LABELS = {
    AnswerReason.SKILLS_FIT: _("Les compétences correspondent"),
    AnswerReason.EXPERIENCE_FIT: _("L’expérience correspond"),
    AnswerReason.SUBJECT_FIT: _("Le sujet m’intéresse"),
    AnswerReason.TERMS_FIT: _("Les dates, la part de temps et le lieu me conviennent"),
    AnswerReason.SKILLS: _("Les compétences ne correspondent pas"),
    AnswerReason.EXPERIENCE: _("L’expérience ne correspond pas"),
    AnswerReason.DATES: _("Les dates ou la part de temps ne conviennent pas"),
    AnswerReason.PLACE: _("Le lieu ne convient pas"),
    AnswerReason.SUBJECT: _("Le sujet n’attire pas"),
    AnswerReason.OTHER_MISSION: _("Une autre mission est préférée"),
    AnswerReason.OTHER_PERSON: _("Une autre personne est préférée"),
    AnswerReason.NEED_CHANGED: _("Le besoin a changé"),
    AnswerReason.LEAVES: _("La personne se retire du vivier"),
    AnswerReason.OTHER: _("Autre raison, précisée ci-dessous"),
}
#: The reasons that each side may give for a yes, then for a no.
YES_REASONS = {
    Side.HOST: (AnswerReason.SKILLS_FIT, AnswerReason.EXPERIENCE_FIT, AnswerReason.OTHER),
    Side.TALENT: (AnswerReason.SUBJECT_FIT, AnswerReason.TERMS_FIT, AnswerReason.OTHER),
}
NO_REASONS = {
    Side.HOST: (
        AnswerReason.SKILLS,
        AnswerReason.EXPERIENCE,
        AnswerReason.DATES,
        AnswerReason.OTHER_PERSON,
        AnswerReason.NEED_CHANGED,
        AnswerReason.OTHER,
    ),
    Side.TALENT: (
        AnswerReason.SUBJECT,
        AnswerReason.DATES,
        AnswerReason.PLACE,
        AnswerReason.OTHER_MISSION,
        AnswerReason.LEAVES,
        AnswerReason.OTHER,
    ),
    Side.AGENCY: (
        AnswerReason.SKILLS,
        AnswerReason.DATES,
        AnswerReason.PLACE,
        AnswerReason.OTHER_MISSION,
        AnswerReason.OTHER_PERSON,
        AnswerReason.NEED_CHANGED,
        AnswerReason.OTHER,
    ),
}
#: The agency's reasons that need no words, and so may close several proposals at once.
BULK_REASONS = NO_REASONS[Side.AGENCY][:-1]
#: What still holds time: earlier proposals are tentative, confirmed ones reserved.
TENTATIVE = (
    ProposalStatus.PROPOSED,
    ProposalStatus.MEETING_AGREED,
    ProposalStatus.INTERVIEWED,
    ProposalStatus.HOST_AGREED,
    ProposalStatus.TALENT_AGREED,
    ProposalStatus.AGREED,
)
LIVE = (*TENTATIVE, ProposalStatus.CONFIRMED)
#: Both sides have said yes to a meeting: each may know who the other is.
INTRODUCED = (*TENTATIVE[1:], ProposalStatus.CONFIRMED, ProposalStatus.PLACED)
#: The one way forward: what each stage may become, beside being declined or becoming obsolete.
MOVES = {
    ProposalStatus.PROPOSED: (ProposalStatus.MEETING_AGREED,),
    ProposalStatus.MEETING_AGREED: (ProposalStatus.INTERVIEWED,),
    ProposalStatus.INTERVIEWED: (ProposalStatus.HOST_AGREED, ProposalStatus.TALENT_AGREED),
    ProposalStatus.HOST_AGREED: (ProposalStatus.AGREED,),
    ProposalStatus.TALENT_AGREED: (ProposalStatus.AGREED,),
    ProposalStatus.AGREED: (ProposalStatus.CONFIRMED,),
    ProposalStatus.CONFIRMED: (ProposalStatus.PLACED,),
}
#: What is asked at each stage; at the others nobody is asked anything.
ASKED_AT = {
    ProposalStatus.PROPOSED: Question.MEETING,
    ProposalStatus.INTERVIEWED: Question.FINAL,
    ProposalStatus.HOST_AGREED: Question.FINAL,
    ProposalStatus.TALENT_AGREED: Question.FINAL,
}
#: The side whose final yes makes each status, when the other has not said yes yet.
FIRST_YES = {Side.HOST: ProposalStatus.HOST_AGREED, Side.TALENT: ProposalStatus.TALENT_AGREED}
SIDES = (Side.HOST, Side.TALENT)
