"""Comparisons on paper, in French, as tagged PDFs."""

from decimal import Decimal

from talentpool.i18n import _, date_in_words, translated
from talentpool.matches.compare import (
    CriterionLine,
    ReasonLine,
    SideBySide,
    SkillLine,
)
from talentpool.matches.wording import fact, figure, skill_words, who, why_sentences
from talentpool.placements.letters.reports import Block, report_pdf
from talentpool.talents.models import LEVEL_LABELS


def comparison_pdf(table: SideBySide) -> bytes:
    """Return a comparison as a tagged PDF, dated as the ranking that it reads."""
    run = table.run
    people = tuple(who(row) for row in table.rows)
    widths = (1.6, *(1.0 for _person in people))
    blocks = [_block(_("Les critères"), people, widths, [_criterion(c) for c in table.criteria])]
    if table.skills:
        lines = [_skill(line) for line in table.skills]
        blocks.append(_block(_("Les compétences demandées"), people, widths, lines))
    blocks.append(_reasons(table, people, widths))
    blocks += [
        Block(
            translated(
                _("Pourquoi %(first)s est devant %(second)s"),
                first=who(why.first),
                second=who(why.second),
            ),
            points=tuple(why_sentences(why)),
        )
        for why in table.whys
    ]
    return report_pdf(
        title=translated(_("Comparaison de %(count)d personnes"), count=len(people)),
        reference=translated(_("Classement %(number)d"), number=run.id),
        status=translated(_("Document de travail : le classement propose, l’agence décide.")),
        dated_on=run.created_at.date(),
        facts=[
            (translated(_("Poste")), run.seat.label),
            (translated(_("Besoin")), run.seat.need.title),
            (translated(_("Classement du")), date_in_words(run.created_at)),
            (translated(_("Version de l’algorithme")), run.code_version),
        ],
        blocks=blocks,
        flipped=len(people) > 2,
    )


def _block(
    title: str, people: tuple[str, ...], widths: tuple[float, ...], rows: list[tuple[str, ...]]
) -> Block:
    head = (translated(_("Demandé")), *people)
    return Block(translated(title), head=head, rows=tuple(rows), widths=widths)


def _criterion(line: CriterionLine) -> tuple[str, ...]:
    cells = tuple(
        f"{translated(cell.answer)} ({fact(line.name, cell.held)})" if cell else "–"
        for cell in line.cells
    )
    return (f"{translated(line.label)} : {fact(line.name, line.asked)}", *cells)


def _skill(line: SkillLine) -> tuple[str, ...]:
    label = line.label
    if line.level is not None:
        label += f" ({translated(LEVEL_LABELS[line.level]).lower()})"
    if line.is_must:
        label += f" – {translated(_('indispensable'))}"
    return (label, *(skill_words(cell) for cell in line.cells))


def _reasons(table: SideBySide, people: tuple[str, ...], widths: tuple[float, ...]) -> Block:
    rows = [
        (translated(_("Rang")), *(str(row.result.rank) for row in table.rows)),
        *(
            _points(translated(line.label) if line.kind == "criterion" else line.label, line)
            for line in table.reasons
        ),
    ]
    if table.rest:
        rows.append(_points(translated(_("Les autres termes")), table.rest))
    rows.append((translated(_("Total")), *(figure(row.score) for row in table.rows)))
    return Block(
        translated(_("Les points, du plus au moins départageant")),
        head=(translated(_("Mot ou compétence")), *people),
        rows=tuple(rows),
        widths=widths,
        figures=tuple(range(1, len(people) + 1)),
    )


def _points(label: str, line: ReasonLine) -> tuple[str, ...]:
    return (label, *(figure(points) if points != Decimal(0) else "–" for points in line.points))
