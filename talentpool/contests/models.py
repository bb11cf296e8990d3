"""A contest: of which reading, in whose words, until when it is answered, and the answer."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.assessments.models import SkillAssessment
from talentpool.db import Base, Versioned, enum_column
from talentpool.i18n import _
from talentpool.matches.letter_models import ExplanationLetter
from talentpool.needs.models import NeedSeat
from talentpool.talents.models import Talent

#: Within how long a person is answered: the month of RGPD 12(3), at its shortest.
ANSWER_WITHIN = timedelta(days=28)
LONGEST = 2_000


class Contested(StrEnum):
    """What a contest is about; the values are those of addresses."""

    SEAT = "poste"
    LETTER = "explication"
    ASSESSMENT = "evaluation"

    @property
    def label(self) -> str:
        """What it is about, marked for translation."""
        return CONTESTED_LABELS[self]


class Request(StrEnum):
    """What the person asks for."""

    CORRECT = "correct"
    EXPLAIN = "explain"
    READ_BY_HAND = "read_by_hand"

    @property
    def label(self) -> str:
        """The request as the person puts it, marked for translation."""
        return REQUEST_LABELS[self]


class ContestStatus(StrEnum):
    """How far a contest has come."""

    OPEN = "open"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The status as people say it, marked for translation."""
        return CONTEST_STATUS_LABELS[self]


CONTESTED_LABELS = {
    Contested.SEAT: _("Une raison, pour un poste"),
    Contested.LETTER: _("Une explication reçue"),
    Contested.ASSESSMENT: _("L’évaluation d’une compétence"),
}
REQUEST_LABELS = {
    Request.CORRECT: _("Corriger ce qui est faux"),
    Request.EXPLAIN: _("M’expliquer ce qui a compté"),
    Request.READ_BY_HAND: _("Relire mon profil à la main pour ce cas"),
}
CONTEST_STATUS_LABELS = {
    ContestStatus.OPEN: _("En attente de réponse"),
    ContestStatus.ACCEPTED: _("Acceptée"),
    ContestStatus.NOT_ACCEPTED: _("Non retenue"),
    ContestStatus.WITHDRAWN: _("Retirée"),
}
ANSWERS = (ContestStatus.ACCEPTED, ContestStatus.NOT_ACCEPTED)


class Contest(Versioned, Base):
    """What one person contests, once; what it points at may go, its own words stay."""

    __tablename__ = "contest"

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    about: Mapped[Contested] = mapped_column(enum_column(Contested))
    seat_id: Mapped[int | None] = mapped_column(
        ForeignKey("need_seat.id", ondelete="SET NULL"), index=True
    )
    letter_id: Mapped[int | None] = mapped_column(
        ForeignKey("explanation_letter.id", ondelete="SET NULL"), index=True
    )
    assessment_id: Mapped[int | None] = mapped_column(
        ForeignKey("skill_assessment.id", ondelete="SET NULL"), index=True
    )
    #: What it was about when it was written, as the person read it.
    subject: Mapped[str] = mapped_column(String(400), info={"personal": "assessment"})
    #: The reason or the level that is contested, in the person's words.
    reading: Mapped[str] = mapped_column(String(200), default="", info={"personal": "assessment"})
    words: Mapped[str] = mapped_column(Text, info={"personal": "assessment"})
    asks: Mapped[Request] = mapped_column(enum_column(Request), info={"personal": "assessment"})
    status: Mapped[ContestStatus] = mapped_column(
        enum_column(ContestStatus), default=ContestStatus.OPEN
    )
    due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    talent: Mapped[Talent] = relationship()
    seat: Mapped[NeedSeat | None] = relationship()
    letter: Mapped[ExplanationLetter | None] = relationship()
    assessment: Mapped[SkillAssessment | None] = relationship()
    answered_by: Mapped[Account | None] = relationship()

    @property
    def person(self) -> str:
        """What whoever answers calls the person: by code as long as a candidate has not been met."""
        return self.talent.label_for_agency

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer."""
        return self.status is ContestStatus.OPEN

    def is_late_on(self, day: date) -> bool:
        """Whether the day by which it was to be answered is over."""
        return self.is_open and self.due_on < day
