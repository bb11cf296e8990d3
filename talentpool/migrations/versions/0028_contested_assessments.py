"""What is contested of a skill is its assessment: one of a skill that nobody declares too.

Revision 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward; older contests keep their words, and point at no skill any more."""
    with op.batch_alter_table('contest', schema=None) as batch_op:
        batch_op.add_column(sa.Column('assessment_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_contest_assessment_id'), ['assessment_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_contest_assessment_id'), 'skill_assessment', ['assessment_id'], ['id'], ondelete='SET NULL'
        )
        batch_op.drop_constraint(batch_op.f('fk_contest_talent_skill_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_contest_talent_skill_id'))
        batch_op.drop_column('talent_skill_id')
    op.execute("UPDATE contest SET about = 'evaluation' WHERE about = 'competence'")


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table('contest', schema=None) as batch_op:
        batch_op.add_column(sa.Column('talent_skill_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_contest_talent_skill_id'), ['talent_skill_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_contest_talent_skill_id'), 'talent_skill', ['talent_skill_id'], ['id'], ondelete='SET NULL'
        )
        batch_op.drop_constraint(batch_op.f('fk_contest_assessment_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_contest_assessment_id'))
        batch_op.drop_column('assessment_id')
    op.execute("UPDATE contest SET about = 'competence' WHERE about = 'evaluation'")
