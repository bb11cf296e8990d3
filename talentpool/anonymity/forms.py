"""The shape of a choice of passages, and of one said otherwise."""

import hashlib

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from talentpool.anonymity.models import LONGEST_PASSAGE, ApprovedPassage
from talentpool.i18n import _
from talentpool.web.fields import MultiCheckboxField, choices
from talentpool.web.forms import REQUIRED, EditForm, Form


def _key(sentence: str) -> str:
    # Named by what it says: the profile may change between the page and the answer.
    return "s-" + hashlib.sha256(sentence.encode()).hexdigest()[:16]


class PassagesForm(Form):
    """Which sentences may be shown, and one's own words for the sheet."""

    passages = MultiCheckboxField(_("Passages montrés sur ma fiche"))
    own_words = TextAreaField(
        _("Ajouter un passage écrit pour cette fiche"),
        [Optional(), Length(max=LONGEST_PASSAGE)],
        description=_(
            "Ce que vous savez faire et ce qui vous intéresse, en 1 000 caractères au plus."
        ),
        render_kw={"rows": 4},
    )

    def offer(self, approved: list[ApprovedPassage], previews: dict[str, str]) -> None:
        """Offer what is approved, ticked, then sentences with how they would be shown.

        `previews` maps sentences to their masked form; one that is approved already is not offered twice.
        """
        said = {passage.text for passage in approved}
        self.sentences = {
            _key(sentence): sentence for sentence, shown in previews.items() if shown not in said
        }
        self.hints = {
            key: sentence
            for key, sentence in self.sentences.items()
            if previews[sentence] != sentence
        }
        kept = [(str(passage.id), passage.text) for passage in approved]
        offered = [(key, previews[sentence]) for key, sentence in self.sentences.items()]
        self.passages.choices = choices([*kept, *offered])
        if not self.is_submitted():
            self.passages.data = [value for value, _label in kept]

    @property
    def kept(self) -> set[int]:
        """The approved passages that stay."""
        return {int(value) for value in self.passages.data or () if value.isdecimal()}

    @property
    def added(self) -> list[str]:
        """The sentences that were ticked, and one's own words."""
        ticked = [self.sentences[v] for v in self.passages.data or () if v in self.sentences]
        return [*ticked, *([self.own_words.data] if self.own_words.data else [])]


class RewriteForm(EditForm):
    """One passage said otherwise."""

    text = TextAreaField(
        _("Passage"),
        [DataRequired(REQUIRED), Length(max=LONGEST_PASSAGE)],
        description=_("1 000 caractères au plus. Il sera masqué de nouveau."),
        render_kw={"rows": 6},
    )
