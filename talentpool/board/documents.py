"""The sheet of a need on paper, in French, as a tagged PDF."""

from datetime import date

from talentpool.i18n import _, date_in_figures, date_in_words, translated
from talentpool.needs.models import Need, NeedSeat
from talentpool.placements.letters.reports import Block, report_pdf

#: What everybody reads of a need, in order.
PARTS = (
    ("text", _("Le problème")),
    ("beneficiaries", _("À qui cela servira")),
    ("solution", _("La piste de solution")),
    ("data_access", _("Les données et leurs accès")),
    ("value", _("La valeur attendue")),
    ("exit_plan", _("Et après la mission")),
)


def sheet_pdf(need: Need, *, address: str) -> bytes:
    """Return what everybody reads of a need; `address` is where it is read on the site."""
    facts = [
        (translated(_("Administration porteuse")), need.host_label),
        (translated(_("Thèmes")), ", ".join(need.themes)),
        (translated(_("Ville")), need.town),
        (translated(_("Candidatures jusqu’au")), date_in_words(need.candidates_until)),
        (translated(_("Adresse")), address),
    ]
    parts = [(title, getattr(need, name)) for name, title in PARTS]
    blocks = [Block(need.summary)] if need.summary else []
    blocks += [Block(translated(title), _paragraphs(said)) for title, said in parts if said]
    blocks += [_seat(seat) for seat in need.seats if seat.is_open]
    return report_pdf(
        title=need.title,
        reference=translated(_("Besoin ouvert %(number)d"), number=need.id),
        status=translated(_("Publié avec l’accord de l’administration porteuse.")),
        dated_on=_dated_on(need),
        facts=[(label, value) for label, value in facts if value],
        blocks=blocks,
    )


def _dated_on(need: Need) -> date:
    return (need.edited_at or need.approved_at or need.created_at).date()


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def _seat(seat: NeedSeat) -> Block:
    asked = [(s.is_must, s.label) for s in seat.skills]
    said = [
        (_("Famille : %(value)s"), seat.family.label_fr if seat.family else seat.family_as_given),
        (_("Indispensable : %(value)s"), ", ".join(label for is_must, label in asked if is_must)),
        (_("Souhaité : %(value)s"), ", ".join(label for is_must, label in asked if not is_must)),
        (_("Part de temps plein : %(value)s %%"), str(seat.share_pct or "")),
        (_("Début : %(value)s"), date_in_figures(seat.starts_on)),
        (_("Fin : %(value)s"), date_in_figures(seat.ends_on)),
        (_("Lieu : %(value)s"), seat.town or seat.need.town),
        (_("Jours de télétravail par semaine : %(value)s"), str(seat.remote_days or "")),
    ]
    return Block(
        translated(_("Poste : %(seat)s"), seat=seat.label),
        _paragraphs(seat.mission),
        points=tuple(translated(words, value=value) for words, value in said if value),
    )
