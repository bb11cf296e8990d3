"""Job families and skills, with the other names that people give them."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.db import Base, Versioned


class JobFamily(Versioned, Base):
    """One of the eight families of digital jobs."""

    __tablename__ = "job_family"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    label_fr: Mapped[str] = mapped_column(String(80))
    label_en: Mapped[str] = mapped_column(String(80))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int]

    skills: Mapped[list["Skill"]] = relationship(back_populates="family", order_by="Skill.position")


class Skill(Versioned, Base):
    """One skill of the referential: a concept, its two labels and its aliases."""

    __tablename__ = "skill"

    code: Mapped[str] = mapped_column(String(60), unique=True)
    family_id: Mapped[int] = mapped_column(ForeignKey("job_family.id"), index=True)
    label_fr: Mapped[str] = mapped_column(String(120))
    label_en: Mapped[str] = mapped_column(String(120))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int]
    is_retired: Mapped[bool] = mapped_column(default=False)

    family: Mapped[JobFamily] = relationship(back_populates="skills")
