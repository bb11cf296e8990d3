"""The page behind a link sent by mail: it shows, and answers only when its button is pressed.

Mail scanners follow links: opening one changes nothing.
"""

from datetime import date

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from talentpool.access import public
from talentpool.proposals import links
from talentpool.proposals.forms import AnswerForm
from talentpool.proposals.side_views import sheet_of
from talentpool.proposals.stages import Channel
from talentpool.proposals.views import answered, bp
from talentpool.web.forms import render_form
from talentpool.web.pipeline import see_other
from talentpool.web.security import for_nobody_else, limiter, link_limit


@bp.route("/reponse/<answer_token>", methods=["GET", "POST"])
@public
@limiter.limit(link_limit, deduct_when=lambda response: response.status_code == 404)
def answer_by_link(answer_token: str) -> ResponseReturnValue:
    """Show the other side's sheet to whoever holds the link, and take one answer."""
    link = links.link_behind(answer_token) or abort(404)
    proposal = link.proposal
    if not links.still_works(link, date.today()):
        status = 200 if link.used_at else 410
        page = render_template("proposals/link_over.html", link=link, proposal=proposal)
        return for_nobody_else((page, status))
    form = AnswerForm()
    form.offer(link.side, link.question)
    if form.validate_on_submit() and answered(form, proposal, link.side, Channel.LINK, link):
        return see_other("proposals.answer_by_link", answer_token=answer_token)
    sheet = sheet_of(proposal, link.side)
    return for_nobody_else(render_form("proposals/answer_by_link.html", form, link=link, **sheet))
