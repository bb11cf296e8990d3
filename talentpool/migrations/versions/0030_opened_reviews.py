"""When evaluations of a need were opened: what was read together closes no more.

Revision 0030, after 0029.
"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward; `talentpool reviews open` opens those that were all in before."""
    with op.batch_alter_table('need_review', schema=None) as batch_op:
        batch_op.add_column(sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table('need_review', schema=None) as batch_op:
        batch_op.drop_column('opened_at')
