"""Visas on eliminations, and the slips of what each night destroyed under them.

Revision 0029, after 0028.
"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table('elimination_visa',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('signatory', sa.String(length=200), nullable=False),
    sa.Column('reference', sa.String(length=200), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('noted_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['noted_by_id'], ['account.id'], name=op.f('fk_elimination_visa_noted_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_elimination_visa'))
    )
    op.create_table('elimination_slip',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visa_id', sa.Integer(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=True),
    sa.Column('last_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('first_on <= last_on', name=op.f('ck_elimination_slip_span')),
    sa.ForeignKeyConstraint(['visa_id'], ['elimination_visa.id'], name=op.f('fk_elimination_slip_visa_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_elimination_slip')),
    sa.UniqueConstraint('visa_id', 'made_on', name=op.f('uq_elimination_slip_visa_id_made_on'))
    )
    with op.batch_alter_table('elimination_slip', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_elimination_slip_visa_id'), ['visa_id'], unique=False)


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table('elimination_slip', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_elimination_slip_visa_id'))

    op.drop_table('elimination_slip')
    op.drop_table('elimination_visa')
