"""Search and merges.

Revision 0011, after 0010.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table('saved_search',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('is_shared', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['account.id'], name=op.f('fk_saved_search_owner_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_search')),
    sa.UniqueConstraint('owner_id', 'name', name=op.f('uq_saved_search_owner_id_name'))
    )
    op.create_table('distinct_records',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_talent_id', sa.Integer(), nullable=True),
    sa.Column('second_talent_id', sa.Integer(), nullable=True),
    sa.Column('first_organisation_id', sa.Integer(), nullable=True),
    sa.Column('second_organisation_id', sa.Integer(), nullable=True),
    sa.Column('said_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['first_organisation_id'], ['organisation.id'], name=op.f('fk_distinct_records_first_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['first_talent_id'], ['talent.id'], name=op.f('fk_distinct_records_first_talent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['said_by_id'], ['account.id'], name=op.f('fk_distinct_records_said_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['second_organisation_id'], ['organisation.id'], name=op.f('fk_distinct_records_second_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_talent_id'], ['talent.id'], name=op.f('fk_distinct_records_second_talent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_distinct_records'))
    )
    with op.batch_alter_table('distinct_records', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_distinct_records_first_organisation_id'), ['first_organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_distinct_records_first_talent_id'), ['first_talent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_distinct_records_second_organisation_id'), ['second_organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_distinct_records_second_talent_id'), ['second_talent_id'], unique=False)

    op.create_table('record_merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kept_talent_id', sa.Integer(), nullable=True),
    sa.Column('merged_talent_id', sa.Integer(), nullable=True),
    sa.Column('kept_organisation_id', sa.Integer(), nullable=True),
    sa.Column('merged_organisation_id', sa.Integer(), nullable=True),
    sa.Column('undo', sa.JSON(), nullable=False),
    sa.Column('merged_by_id', sa.Integer(), nullable=True),
    sa.Column('separated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('separated_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(kept_talent_id IS NULL) <> (kept_organisation_id IS NULL)', name=op.f('ck_record_merge_one_kind')),
    sa.ForeignKeyConstraint(['kept_organisation_id'], ['organisation.id'], name=op.f('fk_record_merge_kept_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['kept_talent_id'], ['talent.id'], name=op.f('fk_record_merge_kept_talent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['merged_by_id'], ['account.id'], name=op.f('fk_record_merge_merged_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['merged_organisation_id'], ['organisation.id'], name=op.f('fk_record_merge_merged_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['merged_talent_id'], ['talent.id'], name=op.f('fk_record_merge_merged_talent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['separated_by_id'], ['account.id'], name=op.f('fk_record_merge_separated_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_merge'))
    )
    with op.batch_alter_table('record_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_merge_kept_organisation_id'), ['kept_organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_merge_kept_talent_id'), ['kept_talent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_merge_merged_organisation_id'), ['merged_organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_merge_merged_talent_id'), ['merged_talent_id'], unique=False)

    for table in ('organisation', 'talent'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
            batch_op.create_index(batch_op.f(f'ix_{table}_merged_into_id'), ['merged_into_id'], unique=False)
            batch_op.create_foreign_key(
                batch_op.f(f'fk_{table}_merged_into_id'), table, ['merged_into_id'], ['id'], ondelete='CASCADE'
            )
    op.add_column('talent', sa.Column('words', sa.Text(), nullable=False, server_default=' '))
    _fill_words()


def _fill_words() -> None:
    """Note the words of the profiles that are there, as saving one does from now on."""
    connection = op.get_bind()
    talent = sa.table(
        'talent', sa.column('id', sa.Integer), sa.column('display_name', sa.Text), sa.column('headline', sa.Text),
        sa.column('town', sa.Text), sa.column('external_id', sa.Text), sa.column('text', sa.Text),
        sa.column('wishes', sa.JSON), sa.column('unknown_families', sa.JSON), sa.column('words', sa.Text),
    )
    said = {}
    for row in connection.execute(sa.select(talent)):
        said[row.id] = [
            row.display_name, row.headline, row.town, row.external_id, *row.wishes, row.text, *row.unknown_families
        ]
    for name, column in (('talent_experience', 'summary'), ('talent_skill', 'label')):
        for number, text in connection.execute(sa.text(f'SELECT talent_id, {column} FROM {name}')):
            said[number].append(text)
    for number, texts in said.items():
        words = dict.fromkeys(word for text in texts for word in _folded(text).split())
        filled = f" {' '.join(words)} "
        connection.execute(sa.update(talent).where(talent.c.id == number).values(words=filled))


def _folded(text: str) -> str:
    plain = unicodedata.normalize('NFKD', text.casefold())
    return ''.join(c if c.isalnum() else ' ' for c in plain if not unicodedata.combining(c))


def downgrade() -> None:
    """Take the schema back."""
    op.drop_column('talent', 'words')
    for table in ('organisation', 'talent'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'fk_{table}_merged_into_id'), type_='foreignkey')
            batch_op.drop_index(batch_op.f(f'ix_{table}_merged_into_id'))
            batch_op.drop_column('merged_into_id')

    with op.batch_alter_table('record_merge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_merge_merged_talent_id'))
        batch_op.drop_index(batch_op.f('ix_record_merge_merged_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_record_merge_kept_talent_id'))
        batch_op.drop_index(batch_op.f('ix_record_merge_kept_organisation_id'))

    op.drop_table('record_merge')
    with op.batch_alter_table('distinct_records', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_distinct_records_second_talent_id'))
        batch_op.drop_index(batch_op.f('ix_distinct_records_second_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_distinct_records_first_talent_id'))
        batch_op.drop_index(batch_op.f('ix_distinct_records_first_organisation_id'))

    op.drop_table('distinct_records')
    op.drop_table('saved_search')
