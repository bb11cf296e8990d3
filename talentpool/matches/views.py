"""Pages of seats, their rankings, and the decisions taken on them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from talentpool.access import Permission, access
from talentpool.anonymity.sheets import ONE_MISSED_IN
from talentpool.db import db, now
from talentpool.i18n import _, ngettext, translated
from talentpool.interests.queries import askers
from talentpool.matches import queries, services
from talentpool.matches.beside import rows_of
from talentpool.matches.forms import DecisionForm
from talentpool.matches.in_short import three_sentences
from talentpool.matches.models import IN_THE_LIST, MatchDecision, MatchResult, MatchRun, Verdict
from talentpool.matches.ordering import shortlist
from talentpool.matches.presence import presence_line
from talentpool.matches.presenting import (
    CRITERIA,
    FIELDS,
    SuggestionShown,
    blind_headline,
    highlighted,
    iso_in_figures,
    words_of,
)
from talentpool.matches.setting_forms import panel_of
from talentpool.matches.wording import fact, mark_words, skill_words
from talentpool.needs.models import NeedSeat, SeatStatus
from talentpool.needs.queries import seats
from talentpool.placements.queries import placements_of_seat
from talentpool.proposals.queries import proposals_for_seat
from talentpool.skills.queries import families
from talentpool.visibility.queries import read_by_hand
from talentpool.web.forms import render_form
from talentpool.web.pagination import Page, paged
from talentpool.web.pipeline import require, see_other

bp = Blueprint("matches", __name__)
bp.add_app_template_filter(iso_in_figures)
bp.add_app_template_filter(blind_headline)
bp.add_app_template_global(fact, "criterion_fact")
bp.add_app_template_global(mark_words, "skill_mark_words")
PER_PAGE = 20


@bp.get("/postes")
@access(Permission.READ_RANKINGS)
def listing() -> ResponseReturnValue:
    """List the seats, those that have waited longest first."""
    family = request.args.get("famille", "")
    status = request.args.get("etat", SeatStatus.OPEN.value)
    chosen = SeatStatus(status) if status in set(SeatStatus) else None
    page = paged(seats(family=family, status=chosen))
    return render_template(
        "matches/listing.html",
        page=page,
        stages=queries.stages([seat.id for seat in page.rows]),
        filters={"family": family, "status": status},
        families=families(),
        statuses=list(SeatStatus),
    )


@bp.get("/postes/<int:seat_id>")
@access(Permission.READ_RANKINGS)
def seat(seat_id: int) -> ResponseReturnValue:
    """Show a seat with its newest ranking, or invite to rank."""
    found = db.get_or_404(NeedSeat, seat_id)
    if not found.need.is_submitted:
        abort(404)
    return seat_page(found, queries.newest_run(found))


@bp.get("/classements/<int:run_id>")
@access(Permission.READ_RANKINGS)
def run(run_id: int) -> ResponseReturnValue:
    """Show a past ranking as it was."""
    found = db.get_or_404(MatchRun, run_id)
    return seat_page(found.seat, found)


@bp.get("/classements/<int:run_id>/a-part")
@access(Permission.READ_RANKINGS)
def apart(run_id: int) -> ResponseReturnValue:
    """Show whom a hard criterion sets apart, with the reason; anybody may be brought back."""
    found = db.get_or_404(MatchRun, run_id)
    criterion = request.args.get("critere", "")
    criterion = criterion if criterion in CRITERIA else ""
    page = paged(queries.results_apart(found, criterion=criterion), per_page=PER_PAGE)
    return render_template(
        "matches/apart.html",
        run=found,
        page=page,
        **_rows(
            found,
            page.rows,
            queries.decisions(found.seat),
            verdicts=(Verdict.BROUGHT_BACK, Verdict.SHORTLISTED),
        ),
        funnel=queries.funnel(found),
        criteria=CRITERIA,
        criterion=criterion,
    )


@bp.post("/postes/<int:seat_id>/classer")
@access(Permission.RANK_TALENTS)
def rank(seat_id: int) -> ResponseReturnValue:
    """Have the pool ranked for a seat, and keep the ranking."""
    found = db.get_or_404(NeedSeat, seat_id)
    require(Permission.READ_NEEDS, found.need)
    try:
        made = services.rank_talents(found, by=current_user, as_of=date.today())
    except services.SeatNotOpen:
        flash(translated(_("Ce poste n’est pas à pourvoir : retenez d’abord son besoin.")), "error")
    except services.EmptyPool:
        flash(translated(_("Le vivier est vide : importez ou saisissez des profils.")), "error")
    else:
        flash(
            ngettext("%(num)d personne classée.", "%(num)d personnes classées.", made.pool_size),
            "success",
        )
    return see_other("matches.seat", seat_id=found.id)


@bp.route("/classements/<int:run_id>/<person_key>", methods=["GET", "POST"])
@access(Permission.READ_RANKINGS)
def suggestion(run_id: int, person_key: str) -> ResponseReturnValue:
    """Show why somebody stands where they stand, and take a decision about them."""
    found = db.get_or_404(MatchRun, run_id)
    if request.method == "POST":
        require(Permission.DECIDE_ON_TALENTS, found)
    return suggestion_page(found, person_key, request.form)


def suggestion_page(
    found: MatchRun, person_key: str, typed: Mapping[str, str]
) -> ResponseReturnValue:
    """Take the decision that was `typed`, if any, or show the person's page with it and what is wrong."""
    result = queries.result_of(found, person_key) or abort(404)
    today = date.today()
    rows, beside = rows_of(found.seat, [result], queries.decisions(found.seat), today=today)
    row = rows[0]
    form = DecisionForm(
        MultiDict(typed) if typed else None, seen=row.decision.id if row.decision else ""
    )
    form.offer(_verdicts(row))
    if typed and _decided(form, found, row):
        flash(translated(_("Décision enregistrée.")), "success")
        return see_other("matches.seat", seat_id=found.seat_id)
    return render_form(
        "matches/suggestion.html",
        form,
        run=found,
        row=row,
        in_short=three_sentences(row, queries.listed_scores(found)),
        beside=beside.get(person_key),
        one_missed_in=ONE_MISSED_IN,
        fields=FIELDS,
        highlighted=highlighted,
        skill_words=skill_words,
        words={side: words_of(row.parts, side) for side in ("profile", "posting")},
    )


@bp.get("/classements/<int:run_id>/rejeu")
@access(Permission.READ_RANKINGS)
def replay(run_id: int) -> ResponseReturnValue:
    """Compute a past ranking again from what it kept, and say whether every figure comes out."""
    found = db.get_or_404(MatchRun, run_id)
    return render_template("matches/replay.html", run=found, replay=services.replay(found))


def _decided(form: DecisionForm, run: MatchRun, row: SuggestionShown) -> bool:
    """Record the decision, or say beside the field why it can't be."""
    if row.talent is None or _overtaken(form, row.decision) or not form.validate():
        return False
    decision, seen = form.decision(), form.seen_decision
    try:
        services.decide(run.seat, row.talent, **decision, seen=seen, run=run, by=current_user)
    except services.WrongReason:
        form.reason.errors = [_("Cette raison ne va pas avec cette décision.")]
    except services.NoteMissing:
        form.note.errors = [_("Précisez la raison.")]
    except services.DecidedMeanwhile as meanwhile:
        _overtaken(form, meanwhile.decision)
    else:
        return True
    return False


def _overtaken(form: DecisionForm, standing: MatchDecision | None) -> bool:
    """Tell whether somebody decided since the page was opened, and say so beside the field.

    What they decided is no longer offered: this comes before the choices are checked.
    """
    if standing is None or standing.id == form.seen_decision:
        return False
    form.verdict.errors = [
        translated(
            _("%(name)s a décidé entre-temps : %(verdict)s. Relisez avant de confirmer."),
            name=standing.decided_by.display_name if standing.decided_by else "–",
            verdict=translated(standing.verdict.label).lower(),
        )
    ]
    form.seen.data = str(standing.id)
    form.seen.raw_data = None
    form.compare(standing)
    return True


def _verdicts(row: SuggestionShown) -> list[Verdict]:
    """Return what may be decided about somebody, given what holds."""
    standing = row.decision.verdict if row.decision else Verdict.UNDONE
    offered = [Verdict.SHORTLISTED, Verdict.SET_ASIDE]
    if row.result.is_apart:
        offered.append(Verdict.BROUGHT_BACK)
    if standing is not Verdict.UNDONE:
        offered.append(Verdict.UNDONE)
    return [verdict for verdict in offered if verdict is not standing]


def _rows(
    run: MatchRun,
    results: list[MatchResult],
    decisions: dict[int, MatchDecision],
    *,
    verdicts: tuple[Verdict, ...],
    brought_back: int = 0,
) -> dict[str, Any]:
    """Return what the rows of a page need; the first `brought_back` stand above the list."""
    rows, beside = rows_of(run.seat, results, decisions, today=date.today())
    return {
        "rows": rows[brought_back:],
        "brought_back": rows[:brought_back],
        "beside": beside,
        "verdicts": {v: IN_THE_LIST[v] for v in verdicts},
    }


def seat_page(seat: NeedSeat, run: MatchRun | None) -> ResponseReturnValue:
    """Show a seat with one of its rankings, or without any."""
    decisions = queries.decisions(seat)
    newest = queries.newest_run(seat)
    today = date.today()
    context: dict[str, Any] = {"seat": seat, "run": run, "newest": newest, "today": today}
    context["placements"] = placements_of_seat(seat)
    context["proposals"] = proposals_for_seat(current_user, seat, today=today)
    context["decisions"] = list(decisions.values())
    context["shortlist"] = shortlist(seat, decisions.values())
    context["presence"] = presence_line(seat, current_user, at=now())
    context["runs"] = list(db.session.scalars(queries.runs(seat).limit(10)))
    context["named_people"] = {
        talent for talent, held in decisions.items() if held.verdict is Verdict.SHORTLISTED
    }
    context["history"] = list(db.session.scalars(queries.past_decisions(seat).limit(30)))
    context["keys"] = queries.keys_by_talent(set(decisions))
    context["by_hand"] = read_by_hand(seat.need.organisation_id, today=today)
    if run is None:
        return render_template("matches/seat_unranked.html", **context)
    asked_only = "demande" in request.args
    chosen = queries.results(run, asked_by=askers(seat.need_id) if asked_only else None)
    page: Page[MatchResult] = paged(chosen, per_page=PER_PAGE)
    context["asked_only"] = asked_only
    context["panel"] = panel_of(seat, run.setting)
    back = [t for t, decision in decisions.items() if decision.verdict is Verdict.BROUGHT_BACK]
    returned = queries.results_of(run, set(queries.keys_by_talent(set(back)).values()))
    return render_template(
        "matches/seat.html",
        **context,
        page=page,
        **_rows(
            run,
            [*returned, *page.rows],
            decisions,
            verdicts=(Verdict.SHORTLISTED, Verdict.SET_ASIDE),
            brought_back=len(returned),
        ),
        funnel=queries.funnel(run),
        criteria=CRITERIA,
        changes=queries.changes_since(run) if run is newest else 0,
    )
