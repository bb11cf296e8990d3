"""What a posting asks is kept once for a run, no more with each place.

Runs that were kept whole stay as they are. Revision 0015, after 0014.
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

RUN = sa.table("match_run", sa.column("id"), sa.column("asked", sa.JSON), sa.column("digest"))
RESULT = sa.table(
    "match_result",
    sa.column("id"),
    sa.column("run_id"),
    sa.column("person_key"),
    sa.column("rank"),
    sa.column("score", sa.Double),
    sa.column("misses"),
    sa.column("explanation", sa.JSON),
)


def upgrade() -> None:
    """Bring the schema forward."""
    with op.batch_alter_table('match_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asked', sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Take the schema back: places are written whole again, and runs get the digest of that."""
    connection = op.get_bind()
    runs = connection.execute(sa.select(RUN.c.id, RUN.c.asked).where(RUN.c.asked.is_not(None)))
    for run, asked in runs.all():
        _write_whole(connection, run, asked)
    with op.batch_alter_table('match_run', schema=None) as batch_op:
        batch_op.drop_column('asked')


def _write_whole(connection, run, asked) -> None:
    rows = connection.execute(
        sa.select(RESULT).where(RESULT.c.run_id == run).order_by(RESULT.c.rank)
    ).all()
    content = []
    for row in rows:
        whole = _whole(row.explanation, asked)
        connection.execute(
            sa.update(RESULT).where(RESULT.c.id == row.id).values(explanation=whole)
        )
        content.append([row.person_key, row.rank, repr(row.score), bool(row.misses), whole])
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(written.encode()).hexdigest()
    connection.execute(sa.update(RUN).where(RUN.c.id == run).values(digest=digest))


def _whole(place, asked):
    criteria, missing, reasons, low, high = place
    return {
        "criteria": [
            {**asked[number], "answer": answer, "held": held, "low": least, "high": most}
            for number, answer, held, least, most in criteria
        ],
        "missing": [asked[number] for number in missing],
        "reasons": [
            {
                "label": words[0] if words else "",
                **asked[number],
                "field": field,
                "profile_words": words,
                "amount": amount,
            }
            for number, field, words, amount in reasons
        ],
        "low": low,
        "high": high,
    }
