"""What applications to the pool ask of each role now."""

from datetime import date

from flask import url_for

from talentpool.access import Permission, Viewer, allows
from talentpool.admissions.freezing import lacking
from talentpool.admissions.lifecycle import newest_application
from talentpool.admissions.promises import days_late, promised_days
from talentpool.admissions.queries import (
    applications,
    counts_by_stage,
    looks_awaited,
    places_over,
    screenings_to_write,
)
from talentpool.admissions.stages import PENDING, Stage
from talentpool.db import db
from talentpool.i18n import _, date_in_figures
from talentpool.pages.tasks import Task
from talentpool.talents.models import Talent

#: Evaluations leave room for what else is due.
SHOWN = 3


def for_agency(viewer: Viewer, today: date) -> list[Task]:
    """List one's evaluations to write, then, in one line each, what waits for somebody to lead it."""
    if not allows(viewer, Permission.READ_APPLICATIONS):
        return []
    tasks = [
        Task(
            _("Évaluer la candidature %(code)s avant le %(limit)s")
            if one.due_on >= today
            else _("En retard depuis le %(limit)s : évaluer la candidature %(code)s"),
            url_for("admissions.write", screening_id=one.id),
            {"code": one.application.code, "limit": date_in_figures(one.due_on)},
        )
        for one in screenings_to_write(viewer)[:SHOWN]
    ]
    counts, days = counts_by_stage(viewer), promised_days()
    if number := counts[Stage.SUBMITTED]:
        url = url_for("admissions.listing", etape="a-confier")
        tasks.append(
            Task(_("Confier les nouvelles candidatures (%(number)s)"), url, {"number": number})
        )
    tasks += [
        Task(
            _("Répondre à la demande de réexamen de %(code)s"),
            url_for("admissions.answer_look", application_id=one.id),
            {"code": one.code},
        )
        for one in looks_awaited(viewer)[:SHOWN]
    ]
    tasks += [
        Task(
            _("Décider de la place de %(code)s en liste d’attente, gardée jusqu’au %(limit)s"),
            url_for("admissions.show", application_id=one.id),
            {"code": one.code, "limit": date_in_figures(one.waits_until)},
        )
        for one in places_over(viewer, today)[:SHOWN]
    ]
    pending = db.session.scalars(applications(viewer, stages=PENDING)).all()
    if late := sum(days_late(one, days, today) > 0 for one in pending):
        text = _("Voir les candidatures : %(number)s dates promises sont passées")
        tasks.append(Task(text, url_for("admissions.listing"), {"number": late}))
    return tasks


def for_talent(talent: Talent) -> list[Task]:
    """List what somebody outside the pool may do to enter it; nothing to whoever is in it."""
    if not talent.is_outside_pool:
        return []
    application, url = newest_application(talent), url_for("admissions.own_show")
    if application is None:
        return [Task(_("Candidater au vivier"), url, {})]
    if application.stage is Stage.DRAFT:
        if lacking(application):
            return [Task(_("Terminer votre candidature au vivier"), url, {})]
        return [Task(_("Relire et déposer votre candidature au vivier"), url, {})]
    interview = application.interview
    if application.stage is Stage.INTERVIEW and interview and not interview.held_on:
        day: dict[str, object] = {
            "day": date_in_figures(interview.meets_on),
            "hour": interview.meets_at,
        }
        text = _("Préparer votre entretien du %(day)s à %(hour)s")
        return [Task(text, url, day)]
    return [Task(_("Suivre votre candidature au vivier"), url, {})]
