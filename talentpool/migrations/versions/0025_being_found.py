"""People choose how they are found, say which needs they wish for, and contest how they were read.

Revision 0025, after 0024.
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table('visibility',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('talent_id', sa.Integer(), nullable=False),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('objected_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['talent_id'], ['talent.id'], name=op.f('fk_visibility_talent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visibility')),
    sa.UniqueConstraint('talent_id', name=op.f('uq_visibility_talent_id'))
    )
    op.create_table('blocked_organisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('talent_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_blocked_organisation_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['talent_id'], ['talent.id'], name=op.f('fk_blocked_organisation_talent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_blocked_organisation')),
    sa.UniqueConstraint('talent_id', 'organisation_id', name=op.f('uq_blocked_organisation_talent_id_organisation_id'))
    )
    with op.batch_alter_table('blocked_organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_blocked_organisation_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_blocked_organisation_talent_id'), ['talent_id'], unique=False)

    op.create_table('interest',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('talent_id', sa.Integer(), nullable=False),
    sa.Column('need_id', sa.Integer(), nullable=False),
    sa.Column('stance', sa.Enum('interested', 'not_now', name='stance', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.Enum('dates', 'share', 'place', 'subject', 'skills', 'other_mission', 'other', name='notnowreason', native_enum=False, length=40), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('wish_rank', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('wish_rank BETWEEN 1 AND 5', name=op.f('ck_interest_wish_rank')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_interest_need_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['talent_id'], ['talent.id'], name=op.f('fk_interest_talent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interest')),
    sa.UniqueConstraint('talent_id', 'need_id', name=op.f('uq_interest_talent_id_need_id'))
    )
    with op.batch_alter_table('interest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interest_need_id'), ['need_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interest_talent_id'), ['talent_id'], unique=False)

    op.create_table('contest',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('talent_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.Enum('poste', 'explication', 'competence', name='contested', native_enum=False, length=40), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=True),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.Column('talent_skill_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(length=400), nullable=False),
    sa.Column('reading', sa.String(length=200), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('asks', sa.Enum('correct', 'explain', 'read_by_hand', name='request', native_enum=False, length=40), nullable=False),
    sa.Column('status', sa.Enum('open', 'accepted', 'not_accepted', 'withdrawn', name='conteststatus', native_enum=False, length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['account.id'], name=op.f('fk_contest_answered_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['letter_id'], ['explanation_letter.id'], name=op.f('fk_contest_letter_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['seat_id'], ['need_seat.id'], name=op.f('fk_contest_seat_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['talent_id'], ['talent.id'], name=op.f('fk_contest_talent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['talent_skill_id'], ['talent_skill.id'], name=op.f('fk_contest_talent_skill_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contest'))
    )
    with op.batch_alter_table('contest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contest_letter_id'), ['letter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contest_seat_id'), ['seat_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contest_talent_id'), ['talent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contest_talent_skill_id'), ['talent_skill_id'], unique=False)


def downgrade() -> None:
    """Take the schema back."""
    op.drop_table('contest')
    op.drop_table('interest')
    op.drop_table('blocked_organisation')
    op.drop_table('visibility')
