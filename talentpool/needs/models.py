"""A need, its seats, and the skills that each seat asks for."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, Versioned, enum_column, now
from talentpool.i18n import _
from talentpool.naming import TYPED
from talentpool.needs.stages import (
    PENDING,
    SEARCHED,
    SERVED,
    WRITABLE,
    Move,
    MoveReason,
    NeedStatus,
)
from talentpool.organisations.models import Organisation
from talentpool.skills.models import JobFamily, Skill
from talentpool.tabular.limits import LONGEST_TEXT
from talentpool.talents.clearances import clearance_label
from talentpool.talents.models import EmploymentStatus

#: Characters of a need's text, of its summary, and of a seat's mission, typed or imported.
LONGEST_NEED_TEXT = LONGEST_TEXT
LONGEST_SUMMARY = 2_000
#: How long a mission lasts when nobody says: ten months.
USUAL_LENGTH = timedelta(days=304)


class SeatStatus(StrEnum):
    """Whether a seat still looks for somebody."""

    OPEN = "open"
    FILLED = "filled"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The status as people say it, marked for translation."""
        return SEAT_STATUS_LABELS[self]


class ContactRole(StrEnum):
    """The four people whom a need names."""

    SPONSOR = "sponsor"
    PROJECT_HOLDER = "project_holder"
    HR = "hr"
    FINANCE = "finance"

    @property
    def label(self) -> str:
        """The role as people say it, marked for translation."""
        return CONTACT_ROLE_LABELS[self]


CONTACT_ROLE_LABELS = {
    ContactRole.SPONSOR: _("Sponsor"),
    ContactRole.PROJECT_HOLDER: _("Porteuse ou porteur du projet"),
    ContactRole.HR: _("Ressources humaines"),
    ContactRole.FINANCE: _("Finances"),
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
    #: The problem, its context and what is at stake.
    text: Mapped[str] = mapped_column(Text, default="")
    beneficiaries: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    data_access: Mapped[str] = mapped_column(Text, default="")
    risks: Mapped[str] = mapped_column(Text, default="")
    value: Mapped[str] = mapped_column(Text, default="")
    exit_plan: Mapped[str] = mapped_column(Text, default="")
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    town: Mapped[str] = mapped_column(String(120), default="")
    co_funding: Mapped[bool | None]
    budget_programme: Mapped[str] = mapped_column(String(120), default="")
    #: What the host expects the seats to cost an employer in all, in euros.
    employer_cost: Mapped[int | None]
    allows_off_site_work: Mapped[bool] = mapped_column(default=False)
    has_lawful_data: Mapped[bool] = mapped_column(default=False)
    is_open_by_default: Mapped[bool] = mapped_column(default=False)
    #: Whether the ministry lets the public board show it once it is approved.
    is_public: Mapped[bool] = mapped_column(default=True)
    #: The last day on which it takes candidates and questions, if there is one.
    candidates_until: Mapped[date | None]
    #: Who answers for it in its ministry.
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"),
        index=True,
        info={"personal": "who acted"},
    )
    #: When it came to stand where it stands.
    stage_since: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship()
    owner: Mapped[Account | None] = relationship()
    team: Mapped[list["HostTeamMember"]] = relationship(
        back_populates="need",
        cascade="all, delete-orphan",
        order_by="HostTeamMember.position",
    )
    contacts: Mapped[list["NeedContact"]] = relationship(
        back_populates="need", cascade="all, delete-orphan", order_by="NeedContact.id"
    )
    moves: Mapped[list["NeedMove"]] = relationship(
        back_populates="need", cascade="all, delete-orphan", order_by="NeedMove.id"
    )
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
        return self.status in SEARCHED

    @property
    def is_on_board(self) -> bool:
        """Whether everybody may read it."""
        return self.is_published and self.is_public

    @property
    def is_pending(self) -> bool:
        """Whether the agency has it on its table, and has not said yes or no."""
        return self.status in PENDING

    @property
    def is_served(self) -> bool:
        """Whether the agency fills it, or has filled it."""
        return self.status in SERVED

    @property
    def is_editable_by_host(self) -> bool:
        """Whether the ministry may still change it by itself."""
        return self.status in WRITABLE

    @property
    def words(self) -> str:
        """What it says of the work to be done, one text after another, for those who read it whole."""
        said = (self.text, self.beneficiaries, self.solution, self.data_access, self.value)
        return "\n\n".join(part for part in said if part)

    @property
    def lacking(self) -> list[str]:
        """Name what must be said before it is submitted, and is not."""
        said = {
            "title": self.title,
            "summary": self.summary,
            "text": self.text,
            "seats": self.seats,
        }
        return [name for name, value in said.items() if not value]

    @property
    def is_ready(self) -> bool:
        """Whether it says enough to be submitted."""
        return not self.lacking


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
    #: The least years of experience that it asks for.
    seniority_years: Mapped[int | None]
    #: The clearance that it asks for, a code of `matching`'s scale; nothing when it asks for none.
    clearance: Mapped[str] = mapped_column(String(40), default="")
    #: The employment statuses that it accepts; all of them when it names none.
    statuses: Mapped[list[str]] = mapped_column(JSON, default=list)
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

    @property
    def clearance_label(self) -> str:
        """What the clearance is called, marked for translation; nothing when none is asked."""
        return clearance_label(self.clearance)

    @property
    def accepted_statuses(self) -> list[EmploymentStatus]:
        """The statuses that it names; all are accepted when it names none."""
        return [status for status in EmploymentStatus if status.value in self.statuses]

    def days_from(self, today: date) -> tuple[date, date]:
        """Return the first and the last day still to be served; what nobody says lasts ten months."""
        starts_on = max(self.starts_on or today, today)
        return starts_on, self.ends_on or starts_on + USUAL_LENGTH

    @property
    def is_open(self) -> bool:
        """Whether somebody is sought for it now."""
        return self.status is SeatStatus.OPEN and self.need.status in SEARCHED


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


class HostTeamMember(Base):
    """Somebody of the ministry who will work with those who come, and for how much of their time."""

    __tablename__ = "host_team_member"
    __table_args__ = (CheckConstraint("time_pct BETWEEN 0 AND 100", name="time"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200), info={"personal": "identity"})
    function: Mapped[str] = mapped_column(String(200), default="", info={"personal": "identity"})
    time_pct: Mapped[int | None] = mapped_column(info={"personal": "career"})
    contribution: Mapped[str] = mapped_column(Text, default="", info={"personal": "career"})

    need: Mapped[Need] = relationship(back_populates="team")


class NeedContact(Base):
    """Whom to write to about a need: one person for each of four roles."""

    __tablename__ = "need_contact"
    __table_args__ = (UniqueConstraint("need_id", "role"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    role: Mapped[ContactRole] = mapped_column(enum_column(ContactRole))
    name: Mapped[str] = mapped_column(String(200), info={"personal": "identity"})
    function: Mapped[str] = mapped_column(String(200), default="", info={"personal": "identity"})
    email: Mapped[str] = mapped_column(String(254), default="", info={"personal": "contact"})
    phone: Mapped[str] = mapped_column(String(40), default="", info={"personal": "contact"})

    need: Mapped[Need] = relationship(back_populates="contacts")


class NeedMove(Base):
    """One move of a need: when, by whom, why, and what was said to the other side."""

    __tablename__ = "need_move"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    move: Mapped[Move] = mapped_column(enum_column(Move))
    from_status: Mapped[NeedStatus] = mapped_column(enum_column(NeedStatus))
    to_status: Mapped[NeedStatus] = mapped_column(enum_column(NeedStatus))
    reason: Mapped[MoveReason | None] = mapped_column(enum_column(MoveReason))
    #: A sentence for the other side, when the move takes one.
    words: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    moved_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"),
        index=True,
        info={"personal": "who acted"},
    )

    need: Mapped[Need] = relationship(back_populates="moves")
    moved_by: Mapped[Account | None] = relationship()
