"""What is contested of a skill is its assessment: one of a skill that nobody declares too.

Revision 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

# The newest that there was of the same skill, of the referential or in the same words: one that stands rather.
POINT_AT_ASSESSMENTS = """
UPDATE contest SET assessment_id = (
    SELECT found.id FROM skill_assessment AS found
    JOIN talent_skill AS held ON held.talent_id = found.talent_id AND (
        held.skill_id = found.skill_id
        OR (held.skill_id IS NULL AND found.skill_id IS NULL AND lower(held.label) = lower(found.label))
    )
    WHERE held.id = contest.talent_skill_id AND found.created_at <= contest.created_at
    ORDER BY CASE WHEN found.withdrawn_at IS NULL THEN 0 ELSE 1 END, found.assessed_on DESC, found.id DESC
    LIMIT 1
) WHERE talent_skill_id IS NOT NULL
"""
POINT_AT_SKILLS = """
UPDATE contest SET talent_skill_id = (
    SELECT held.id FROM talent_skill AS held
    JOIN skill_assessment AS found ON found.talent_id = held.talent_id AND (
        held.skill_id = found.skill_id
        OR (held.skill_id IS NULL AND found.skill_id IS NULL AND lower(held.label) = lower(found.label))
    )
    WHERE found.id = contest.assessment_id
    ORDER BY held.id
    LIMIT 1
) WHERE assessment_id IS NOT NULL
"""


def upgrade() -> None:
    """Bring the schema forward; older contests point at what was found of their skill, where it was assessed."""
    with op.batch_alter_table('contest', schema=None) as batch_op:
        batch_op.add_column(sa.Column('assessment_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_contest_assessment_id'), ['assessment_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_contest_assessment_id'), 'skill_assessment', ['assessment_id'], ['id'], ondelete='SET NULL'
        )
    op.execute(POINT_AT_ASSESSMENTS)
    with op.batch_alter_table('contest', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_contest_talent_skill_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_contest_talent_skill_id'))
        batch_op.drop_column('talent_skill_id')
    op.execute("UPDATE contest SET about = 'evaluation' WHERE about = 'competence'")


def downgrade() -> None:
    """Take the schema back; an evaluation that is not waited for any more is one of whoever stepped aside."""
    with op.batch_alter_table('contest', schema=None) as batch_op:
        batch_op.add_column(sa.Column('talent_skill_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_contest_talent_skill_id'), ['talent_skill_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_contest_talent_skill_id'), 'talent_skill', ['talent_skill_id'], ['id'], ondelete='SET NULL'
        )
    op.execute(POINT_AT_SKILLS)
    with op.batch_alter_table('contest', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_contest_assessment_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_contest_assessment_id'))
        batch_op.drop_column('assessment_id')
    op.execute("UPDATE contest SET about = 'competence' WHERE about = 'evaluation'")
    # The code of before knows no evaluation that was released.
    for table in ('application_screening', 'need_review'):
        op.execute(f"UPDATE {table} SET state = 'replaced' WHERE state = 'released'")
