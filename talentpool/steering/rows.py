"""Facts as rows of pages and files, in the reader's language.

A row holds a value for each column. For pages, `link` is the endpoint and the arguments that its first
cell leads to, and `said` the sentence beside it in short lists.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import format_date, format_decimal

from talentpool.i18n import _, date_in_figures, named, ngettext, translated
from talentpool.needs.models import NeedSeat
from talentpool.organisations.models import Organisation
from talentpool.placements.models import Placement
from talentpool.placements.wording import figure, fte
from talentpool.skills.models import Skill
from talentpool.steering import fairness, given_up, missions, tension, waiting
from talentpool.steering.demand import Line
from talentpool.steering.facts import Facts
from talentpool.steering.supply import Supply

Row = dict[str, Any]

WHEN = (
    _("Aujourd’hui"),
    _("Sous 30 jours"),
    _("Entre 30 et 60 jours"),
    _("Entre 60 et 90 jours"),
)
PERCENT = _("%(share)s %%")
FREE_SINCE = _("%(share)s %% depuis le %(day)s")
FREE_FROM = _("%(share)s %% dès le %(day)s")
TO_NAME = _("à désigner")
UNDECIDED = _("rien de décidé")
RENEWED = _("Renouvelé")
ENDS = _("%(person)s, jusqu’au %(day)s, %(decision)s")
WAITS = _("%(days)s, %(reason)s")
STARTS = _("%(mission)s, le %(day)s, %(missing)s")
LACKS = _("il manque : %(missing)s")
READY = _("rien ne manque")
TROUBLE = _("%(person)s, %(trouble)s, %(day)s")
HIRE = _("%(seats)s pour %(people)s")
ALLOTTED = _("%(placed)s ETP placés, %(seats)s")
ILE_DE_FRANCE = _("Île-de-France")
ELSEWHERE = _("Hors Île-de-France")
NOWHERE = _("Lieu inconnu")
UNNAMED = _("Non précisé")


def bench(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield what is free of each contract, now and in each of the next three months."""
    for free in supply.bench():
        said = FREE_FROM if free.horizon else FREE_SINCE
        yield {
            "person": facts.people[free.talent_id].label,
            "when": translated(WHEN[free.horizon]),
            "since": free.since,
            "share_pct": free.share,
            "proposals": sum(1 for p in facts.proposals if p.talent_id == free.talent_id),
            "link": ("placements.person", {"talent_id": free.talent_id}),
            "said": translated(said, share=figure(free.share), day=date_in_figures(free.since)),
        }


def endings(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield the missions that end, with what follows."""
    for placement in missions.endings(facts.placements, facts.today):
        decision = _decision(placement)
        yield {
            **_who_and_where(placement),
            "status": translated(placement.status_on(facts.today).label),
            "decides": placement.owner.display_name if placement.owner else translated(TO_NAME),
            "by": placement.notice_on,
            "ends_on": placement.ends_on,
            "decision": decision,
            "said": translated(
                ENDS,
                person=placement.talent.label,
                day=date_in_figures(placement.ends_on),
                decision=_lower(decision),
            ),
        }


def _decision(placement: Placement) -> str:
    if placement.is_renewed:
        return translated(RENEWED)
    return translated(placement.renewal.label if placement.renewal else UNDECIDED)


def unmet(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield the open seats, with their age and the reason."""
    for one in waiting.unmet(facts, supply):
        reason = translated(one.reason.label)
        yield {
            **_seat(one.seat),
            "family": named(one.seat.family) if one.seat.family else one.seat.family_as_given,
            "starts_on": one.seat.starts_on,
            "share_pct": None if one.seat.share_pct is None else Decimal(one.seat.share_pct),
            "days": one.days,
            "reason": reason,
            "unblocks": given_up.unblocks(one.reason),
            "said": translated(WAITS, days=_days(one.days), reason=_lower(reason)),
        }


def late(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield the needs whose promised day has passed, and who takes their next step."""
    for need, promise in facts.late:
        yield {
            "need": need.title,
            "organisation": need.host_label,
            "status": translated(need.status.label),
            "promised_on": promise.due_on,
            "days": promise.days_late(facts.today),
            "waits_on": _lower(translated(promise.party.label)),
            "link": ("needs.show", {"need_id": need.id}),
        }


def idle(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield the proposals that do not move, and who has to answer."""
    for one in waiting.idle(facts.proposals, facts.today):
        sides = ", ".join(_lower(translated(side.label)) for side in one.sides)
        yield {
            **_seat(one.proposal.seat),
            "person": one.proposal.talent.label,
            "status": translated(one.proposal.status.label),
            "days": one.days,
            "waits_on": sides,
            "link": ("proposals.show", {"proposal_id": one.proposal.id}),
            "said": translated(WAITS, days=_days(one.days), reason=sides),
        }


def arrivals(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield the arrivals, with what they lack."""
    for arrival in missions.arrivals(facts.placements, facts.today):
        missing = ", ".join(translated(one.label) for one in arrival.missing)
        yield {
            **_who_and_where(arrival.placement),
            "starts_on": arrival.placement.starts_on,
            "missing": missing,
            "said": translated(
                STARTS,
                mission=arrival.placement.seat.need.title,
                day=date_in_figures(arrival.placement.starts_on),
                missing=translated(LACKS, missing=missing) if missing else translated(READY),
            ),
        }


def alerts(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield the missions in trouble."""
    for alert in missions.alerts(facts.placements, facts.today):
        why = alert.placement.interruption
        trouble = translated(alert.trouble.label)
        yield {
            **_who_and_where(alert.placement),
            "trouble": trouble,
            "since": alert.since,
            "reason": translated(why.label) if why else "",
            "said": translated(
                TROUBLE,
                person=alert.placement.talent.label,
                trouble=_lower(trouble),
                day=date_in_figures(alert.since),
            ),
        }


def hirings(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield the families by tension, with the seats that a hire would open."""
    for hiring in tension.hirings(facts, supply):
        about = hiring.tension
        yield {
            "family": named(about.about),
            "open_seats": about.open_seats,
            "free": about.free[2],
            "ratio": _ratio(about),
            "advice": translated(about.advice.label),
            "opened": len(hiring.seats),
            "said": translated(
                HIRE,
                seats=_open_seats(about.open_seats),
                people=ngettext(
                    "%(num)d personne libre sous 60 jours",
                    "%(num)d personnes libres sous 60 jours",
                    about.free[2],
                ),
            ),
        }


def growths(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield the contracts that end soon, with what they give back."""
    for growth in tension.growths(facts):
        yield {
            "person": facts.people[growth.talent_id].label,
            "ends_on": growth.ends_on,
            "freed": growth.freed,
            "room_after": growth.room_after,
            "link": ("placements.person", {"talent_id": growth.talent_id}),
        }


def hosts(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield the hosts, those that have nothing first."""
    for host, portion in fairness.by_host(facts):
        yield {
            "organisation": host.label if isinstance(host, Organisation) else host,
            **_portion(portion),
            "said": translated(
                ALLOTTED, placed=fte(portion.placed), seats=_open_seats(portion.open_seats)
            ),
        }


def regions(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield what Île-de-France has and what is elsewhere."""
    names = {True: ILE_DE_FRANCE, False: ELSEWHERE, None: NOWHERE}
    for region in fairness.by_region(facts):
        yield {
            "region": translated(names[region.is_ile_de_france]),
            **_portion(region.portion),
            "percent": ""
            if region.percent is None
            else translated(PERCENT, share=rounded(region.percent, "0")),
        }


def tensions(found: list[tension.Tension]) -> Iterator[Row]:
    """Yield tensions as the table of skills does."""
    for one in found:
        now, in_30, in_60, in_90 = one.free
        yield {
            "about": one.about if isinstance(one.about, str) else named(one.about),
            "open_seats": one.open_seats,
            "now": now,
            "in_30": in_30,
            "in_60": in_60,
            "in_90": in_90,
            "ratio": _ratio(one),
            "advice": translated(one.advice.label),
        }


def skills(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield the skills that open seats cannot do without, by tension."""
    yield from tensions(tension.skill_tensions(facts, supply))


def _ratio(about: tension.Tension) -> Fraction | str | None:
    """Return a tension's ratio, which is infinite when seats are open and nobody is free."""
    return "∞" if about.ratio is None and about.open_seats else about.ratio


def rounded(number: Fraction, pattern: str = "#,##0.00") -> str:
    """Write an exact fraction with two decimals, as the reader's language does."""
    return str(format_decimal(Decimal(number.numerator) / number.denominator, format=pattern))


def name_of(line: Line) -> str:
    """Write what a line of unmet demand is about."""
    about = line.about
    if isinstance(about, waiting.Reason):
        return translated(about.label)
    if isinstance(about, Organisation):
        return about.short_label
    return named(about) if isinstance(about, Skill) else about or translated(UNNAMED)


def month_of(day: date) -> str:
    """Write a month as the heads of tables do: nov. 2026."""
    return str(format_date(day, "MMM yyyy"))


def _who_and_where(placement: Placement) -> Row:
    return {
        "mission": placement.seat.need.title,
        "person": placement.talent.label,
        "organisation": placement.seat.need.host_label,
        "link": ("placements.show", {"placement_id": placement.id}),
    }


def _seat(seat: NeedSeat) -> Row:
    return {
        "seat": seat.label,
        "mission": seat.need.title,
        "organisation": seat.need.host_label,
        "link": ("matches.seat", {"seat_id": seat.id}),
    }


def _portion(portion: fairness.Portion) -> Row:
    return {
        "placed": portion.placed,
        "open_seats": portion.open_seats,
        "filled_seats": portion.filled_seats,
    }


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _days(number: int) -> str:
    return ngettext("%(num)d jour", "%(num)d jours", number)


def _open_seats(number: int) -> str:
    return ngettext("%(num)d poste à pourvoir", "%(num)d postes à pourvoir", number)
