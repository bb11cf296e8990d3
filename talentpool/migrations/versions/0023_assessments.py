"""The agency assesses skills.

Revision 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table('skill_assessment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('talent_id', sa.Integer(), nullable=False),
    sa.Column('skill_id', sa.Integer(), nullable=True),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('method', sa.Enum('interview', 'exercise', 'work_sample', 'reference', 'certificate', 'mission', name='method', native_enum=False, length=40), nullable=False),
    sa.Column('sentence', sa.String(length=500), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('assessed_on', sa.Date(), nullable=False),
    sa.Column('assessed_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawal_reason', sa.String(length=500), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('level BETWEEN 0 AND 4', name=op.f('ck_skill_assessment_level')),
    sa.ForeignKeyConstraint(['assessed_by_id'], ['account.id'], name=op.f('fk_skill_assessment_assessed_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_skill_assessment_skill_id')),
    sa.ForeignKeyConstraint(['talent_id'], ['talent.id'], name=op.f('fk_skill_assessment_talent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['account.id'], name=op.f('fk_skill_assessment_withdrawn_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_skill_assessment'))
    )
    with op.batch_alter_table('skill_assessment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_skill_assessment_skill_id'), ['skill_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_skill_assessment_talent_id'), ['talent_id'], unique=False)


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table('skill_assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_skill_assessment_talent_id'))
        batch_op.drop_index(batch_op.f('ix_skill_assessment_skill_id'))

    op.drop_table('skill_assessment')
