"""Approving passages: what of their words a person accepts to show before their name passes."""

from collections.abc import Collection, Iterable

from talentpool.accounts.models import Account
from talentpool.anonymity.models import LONGEST_PASSAGE, MOST_PASSAGES, ApprovedPassage
from talentpool.anonymity.queries import passages_of
from talentpool.anonymity.sheets import masked_for
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.talents.models import Talent


class TooManyPassages(Exception):
    """A sheet holds no more passages."""


class PassageTooLong(Exception):
    """A passage is a few sentences at most."""


def choose_passages(
    talent: Talent, *, keep: Collection[int], add: Iterable[str], by: Account
) -> list[ApprovedPassage]:
    """Keep the passages of those ids, withdraw the others, and approve new ones, masked, after them.

    Raises `TooManyPassages` or `PassageTooLong`; then nothing has changed.
    """
    before = passages_of([talent])[talent.id]
    kept = [passage for passage in before if passage.id in keep]
    texts = [_masked(talent, text) for text in add]
    said = {passage.text for passage in kept}
    new = [text for text in dict.fromkeys(texts) if text and text not in said]
    if new and len(kept) + len(new) > MOST_PASSAGES:
        raise TooManyPassages
    for passage in before:
        if passage.id not in keep:
            journal.record("passage.withdrawn", talent, by=by, passage_id=passage.id)
            db.session.delete(passage)
    first = max((passage.position for passage in kept), default=-1) + 1
    return kept + [_approve(talent, text, first + place, by) for place, text in enumerate(new)]


def rewrite_passage(passage: ApprovedPassage, text: str, *, by: Account) -> None:
    """Say a passage otherwise, masked again; raises `PassageTooLong`. The same words change nothing."""
    talent = db.session.get_one(Talent, passage.talent_id)
    masked = _masked(talent, text)
    if masked and masked != passage.text:
        passage.text = masked
        passage.approved_at = now()
        journal.record("passage.rewritten", talent, by=by, passage_id=passage.id)


def _masked(talent: Talent, text: str) -> str:
    if len(text) > LONGEST_PASSAGE:
        raise PassageTooLong
    return masked_for(talent, text.strip()).text


def _approve(talent: Talent, text: str, position: int, by: Account) -> ApprovedPassage:
    passage = ApprovedPassage(talent_id=talent.id, text=text, position=position)
    db.session.add(passage)
    db.session.flush()
    journal.record("passage.approved", talent, by=by, passage_id=passage.id)
    return passage
