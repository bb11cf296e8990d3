"""The order in which people of the agency put a shortlist, beside the one that the ranking gave."""

from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, enum_column
from talentpool.i18n import _
from talentpool.needs.models import NeedSeat


class OrderReason(StrEnum):
    """Why an order is changed by hand, in one of a few words that can be counted."""

    UNSEEN_SKILL = "unseen_skill"
    EXPERIENCE = "experience"
    SURER_DATES = "surer_dates"
    TEAM = "team"
    WISHES = "wishes"
    HOST_WORD = "host_word"
    TURN = "turn"
    MACHINE_ORDER = "machine_order"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return ORDER_REASON_LABELS[self]


ORDER_REASON_LABELS = {
    OrderReason.UNSEEN_SKILL: _("Une compétence que le classement ne voit pas"),
    OrderReason.EXPERIENCE: _("L’expérience pèse plus ici"),
    OrderReason.SURER_DATES: _("Les dates sont plus sûres"),
    OrderReason.TEAM: _("Le profil complète l’équipe"),
    OrderReason.WISHES: _("Les souhaits de la personne"),
    OrderReason.HOST_WORD: _("Ce que l’administration a précisé"),
    OrderReason.TURN: _("D’autres ont été proposés plus souvent"),
    OrderReason.MACHINE_ORDER: _("Revenir à l’ordre du classement"),
    OrderReason.OTHER: _("Autre raison, précisée ci-dessous"),
}


class ShortlistOrder(Base):
    """A seat's shortlist as somebody ordered it; the newest one holds, none is ever changed."""

    __tablename__ = "shortlist_order"

    seat_id: Mapped[int] = mapped_column(ForeignKey("need_seat.id", ondelete="CASCADE"), index=True)
    #: The ranking of which `machine_order` is the order.
    run_id: Mapped[int | None] = mapped_column(ForeignKey("match_run.id", ondelete="SET NULL"))
    #: Numbers of people, first to last. An erased person's number stays, and leads to nobody.
    human_order: Mapped[list[int]] = mapped_column(JSON, info={"personal": "assessment"})
    #: The same people, as the newest ranking of that moment placed them.
    machine_order: Mapped[list[int]] = mapped_column(JSON, info={"personal": "assessment"})
    reason: Mapped[OrderReason] = mapped_column(enum_column(OrderReason))
    note: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    ordered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    seat: Mapped[NeedSeat] = relationship()
    ordered_by: Mapped[Account | None] = relationship()

    @property
    def moves(self) -> list[int]:
        """By how many places each person stands away from where the ranking put them."""
        return [
            abs(place - self.machine_order.index(number))
            for place, number in enumerate(self.human_order)
        ]
