"""A need, its seats, and the skills that each seat asks for."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.db import Base, Versioned, enum_column
from talentpool.i18n import _
from talentpool.naming import TYPED
from talentpool.organisations.models import Organisation
from talentpool.skills.models import JobFamily, Skill
from talentpool.tabular.limits import LONGEST_TEXT

#: Characters of a need's text, of its summary, and of a seat's mission, typed or imported.
LONGEST_NEED_TEXT = LONGEST_TEXT
LONGEST_SUMMARY = 2_000
#: How long a mission lasts when nobody says: ten months.
USUAL_LENGTH = timedelta(days=304)


class NeedStatus(StrEnum):
    """Where a need stands between a ministry's first words and its end."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    FILLED = "filled"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The status as people say it, marked for translation."""
        return NEED_STATUS_LABELS[self]


class SeatStatus(StrEnum):
    """Whether a seat still looks for somebody."""

    OPEN = "open"
    FILLED = "filled"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The status as people say it, marked for translation."""
        return SEAT_STATUS_LABELS[self]


NEED_STATUS_LABELS = {
    NeedStatus.DRAFT: _("Brouillon"),
    NeedStatus.SUBMITTED: _("Déposé"),
    NeedStatus.APPROVED: _("Retenu"),
    NeedStatus.FILLED: _("Pourvu"),
    NeedStatus.CLOSED: _("Clos"),
}
SEAT_STATUS_LABELS = {
    SeatStatus.OPEN: _("À pourvoir"),
    SeatStatus.FILLED: _("Pourvu"),
    SeatStatus.CLOSED: _("Clos"),
}


class Need(Versioned, Base):
    """A public problem that a ministry wants solved with digital talents."""

    __tablename__ = "need"
    __table_args__ = (UniqueConstraint("source", "external_id"),)

    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: The host's name as a file gave it, when it names no organisation that we know.
    organisation_as_given: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(80), default=TYPED)
    external_id: Mapped[str] = mapped_column(String(120))
    entered_by_agency: Mapped[bool] = mapped_column(default=False)
    status: Mapped[NeedStatus] = mapped_column(enum_column(NeedStatus), default=NeedStatus.DRAFT)
    title: Mapped[str] = mapped_column(String(200))
    #: What lists are searched by, folded as `naming.folded` does.
    findable: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    town: Mapped[str] = mapped_column(String(120), default="")
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship()
    seats: Mapped[list["NeedSeat"]] = relationship(
        back_populates="need", cascade="all, delete-orphan", order_by="NeedSeat.position"
    )

    @property
    def host_label(self) -> str:
        """The host's present name, or the name that a file gave."""
        return self.organisation.label if self.organisation else self.organisation_as_given

    @property
    def is_submitted(self) -> bool:
        """Whether the agency has received it."""
        return self.status is not NeedStatus.DRAFT

    @property
    def is_published(self) -> bool:
        """Whether talents may read it."""
        return self.status is NeedStatus.APPROVED

    @property
    def is_served(self) -> bool:
        """Whether the agency fills it, or has filled it."""
        return self.status in (NeedStatus.APPROVED, NeedStatus.FILLED)

    @property
    def is_editable_by_host(self) -> bool:
        """Whether the ministry may still change it by itself."""
        return self.status is NeedStatus.DRAFT

    @property
    def is_ready(self) -> bool:
        """Whether it says enough to be submitted: a title, a text, a seat."""
        return bool(self.title and self.text and self.seats)


class NeedSeat(Versioned, Base):
    """A position that a need takes, for one person."""

    __tablename__ = "need_seat"
    __table_args__ = (
        CheckConstraint("share_pct BETWEEN 10 AND 100", name="share"),
        CheckConstraint("remote_days BETWEEN 0 AND 5", name="remote_days"),
        CheckConstraint("ends_on > starts_on", name="period"),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    status: Mapped[SeatStatus] = mapped_column(enum_column(SeatStatus), default=SeatStatus.OPEN)
    title: Mapped[str] = mapped_column(String(200), default="")
    mission: Mapped[str] = mapped_column(Text, default="")
    family_id: Mapped[int | None] = mapped_column(ForeignKey("job_family.id"), index=True)
    #: The family's name as a file gave it, when it names none that we know.
    family_as_given: Mapped[str] = mapped_column(String(120), default="")
    share_pct: Mapped[int | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    town: Mapped[str] = mapped_column(String(120), default="")
    remote_days: Mapped[int | None]

    need: Mapped[Need] = relationship(back_populates="seats")
    family: Mapped[JobFamily | None] = relationship()
    skills: Mapped[list["SeatSkill"]] = relationship(
        back_populates="seat", cascade="all, delete-orphan", order_by="SeatSkill.position"
    )

    @property
    def label(self) -> str:
        """The seat's title, or the family that it asks for."""
        family = self.family.label_fr if self.family else self.family_as_given
        return self.title or family or self.need.title

    def days_from(self, today: date) -> tuple[date, date]:
        """Return the first and the last day still to be served; what nobody says lasts ten months."""
        starts_on = max(self.starts_on or today, today)
        return starts_on, self.ends_on or starts_on + USUAL_LENGTH

    @property
    def is_open(self) -> bool:
        """Whether somebody is sought for it now."""
        return self.status is SeatStatus.OPEN and self.need.status is NeedStatus.APPROVED


class SeatSkill(Base):
    """A skill that a seat asks for: of the referential, or in the ministry's words."""

    __tablename__ = "seat_skill"
    __table_args__ = (CheckConstraint("level BETWEEN 0 AND 4", name="level"),)

    seat_id: Mapped[int] = mapped_column(ForeignKey("need_seat.id", ondelete="CASCADE"), index=True)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    label: Mapped[str] = mapped_column(String(120))
    is_must: Mapped[bool] = mapped_column(default=False)
    level: Mapped[int | None]
    position: Mapped[int]

    seat: Mapped[NeedSeat] = relationship(back_populates="skills")
    skill: Mapped[Skill | None] = relationship()
