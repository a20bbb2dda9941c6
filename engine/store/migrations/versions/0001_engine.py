"""the tables of the engine"""

import sqlalchemy as sa
from alembic import op

import engine.store.types
from engine.store.schema import triggers

revision = '0001_engine'
down_revision = None
branch_labels = ('engine',)
depends_on = None


def upgrade() -> None:
    op.create_table('anchors',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('last_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('entries', sa.Integer(), nullable=False),
    sa.Column('root', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_anchors'))
    )
    op.create_table('blobs',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('media_type', sa.String(length=120), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blobs'))
    )
    op.create_table('calendar_days',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('works', sa.Boolean(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_calendar_days'))
    )
    op.create_table('campaigns',
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('body', engine.store.types.Json(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('applied_at', engine.store.types.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_campaigns'))
    )
    op.create_table('definitions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('flow', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('body', engine.store.types.Json(), nullable=False),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_definitions')),
    sa.UniqueConstraint('flow', 'version', name=op.f('uq_definitions_flow_version'))
    )
    op.create_table('due_tally',
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('flow', sa.String(length=40), nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('milestone', sa.String(length=60), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('campaign', 'flow', 'district_id', 'milestone', 'due_on', name=op.f('pk_due_tally')),
    sqlite_with_rowid=False
    )
    op.create_table('forecasts',
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('flow', sa.String(length=40), nullable=False),
    sa.Column('milestone', sa.String(length=60), nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('cases', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('early_on', sa.Date(), nullable=True),
    sa.Column('middle_on', sa.Date(), nullable=True),
    sa.Column('late_on', sa.Date(), nullable=True),
    sa.Column('late_percent', sa.Integer(), nullable=True),
    sa.Column('thin', engine.store.types.Json(), nullable=False),
    sa.PrimaryKeyConstraint('campaign', 'flow', 'milestone', 'district_id', name=op.f('pk_forecasts')),
    sqlite_with_rowid=False
    )
    op.create_table('heartbeats',
    sa.Column('job', sa.String(length=40), nullable=False),
    sa.Column('last_ok_at', engine.store.types.Instant(), nullable=True),
    sa.Column('last_failed_at', engine.store.types.Instant(), nullable=True),
    sa.Column('failure', sa.Text(), nullable=True),
    sa.Column('backlog', sa.Integer(), nullable=False),
    sa.Column('oldest_at', engine.store.types.Instant(), nullable=True),
    sa.PrimaryKeyConstraint('job', name=op.f('pk_heartbeats'))
    )
    op.create_table('journal',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('step', sa.String(length=40), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=True),
    sa.Column('target', sa.String(length=40), nullable=True),
    sa.Column('campaign', sa.String(length=40), nullable=True),
    sa.Column('flow', sa.String(length=40), nullable=True),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('definition_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('on_behalf_of', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('data', engine.store.types.Json(), nullable=False),
    sa.Column('batch', sa.String(length=40), nullable=True),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('prev_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal')),
    sa.UniqueConstraint('case_id', 'seq', name=op.f('uq_journal_case_id_seq'))
    )
    op.create_index('ix_journal_campaign', 'journal', ['campaign', 'recorded_at', 'id'], unique=False)
    op.create_index('ix_journal_place', 'journal', ['campaign', 'district_id', 'id'], unique=False)
    op.create_table('leases',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('owner', sa.String(length=60), nullable=False),
    sa.Column('fence', sa.Integer(), nullable=False),
    sa.Column('expires_at', engine.store.types.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_leases'))
    )
    op.create_table('mails',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('dedup_key', sa.String(length=160), nullable=False),
    sa.Column('letter', sa.String(length=40), nullable=False),
    sa.Column('campaign', sa.String(length=40), nullable=True),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('locale', sa.String(length=10), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('not_before', engine.store.types.Instant(), nullable=False),
    sa.Column('expires_at', engine.store.types.Instant(), nullable=True),
    sa.Column('message_id', sa.String(length=200), nullable=False),
    sa.Column('thread_key', sa.String(length=120), nullable=False),
    sa.Column('lane', sa.String(length=320), nullable=True),
    sa.Column('refs', sa.Text(), nullable=True),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('mail_from', sa.String(length=254), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('template_version', sa.String(length=64), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease_owner', sa.String(length=60), nullable=True),
    sa.Column('lease_token', sa.Integer(), nullable=False),
    sa.Column('lease_until', engine.store.types.Instant(), nullable=True),
    sa.Column('body_token', sa.Integer(), nullable=True),
    sa.Column('last_stage', sa.String(length=12), nullable=True),
    sa.Column('last_code', sa.Integer(), nullable=True),
    sa.Column('last_enhanced', sa.String(length=12), nullable=True),
    sa.Column('last_text', sa.Text(), nullable=True),
    sa.Column('last_class', sa.String(length=1), nullable=True),
    sa.Column('relay_ref', sa.Text(), nullable=True),
    sa.Column('resend_of', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('resend_no', sa.Integer(), nullable=False),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', engine.store.types.Instant(), nullable=False),
    sa.Column('first_try_at', engine.store.types.Instant(), nullable=True),
    sa.Column('sent_at', engine.store.types.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['resend_of'], ['mails.id'], name=op.f('fk_mails_resend_of')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mails')),
    sa.UniqueConstraint('dedup_key', name=op.f('uq_mails_dedup_key')),
    sa.UniqueConstraint('message_id', name=op.f('uq_mails_message_id'))
    )
    op.create_index('ix_mails_district', 'mails', ['district_id', 'id'], unique=False)
    op.create_index('ix_mails_leased', 'mails', ['lease_until'], unique=False, sqlite_where=sa.text("state = 'leased'"), postgresql_where=sa.text("state = 'leased'"))
    op.create_index('ix_mails_letter', 'mails', ['letter', 'id'], unique=False)
    op.create_index('ix_mails_ready', 'mails', ['priority', 'not_before', 'id'], unique=False, sqlite_where=sa.text("state = 'ready'"), postgresql_where=sa.text("state = 'ready'"))
    op.create_index('ix_mails_resent', 'mails', ['resend_of'], unique=False, sqlite_where=sa.text('resend_of IS NOT NULL'), postgresql_where=sa.text('resend_of IS NOT NULL'))
    op.create_index('ix_mails_thread', 'mails', ['thread_key', 'id'], unique=False)
    op.create_index('ix_mails_watched', 'mails', ['state', 'id'], unique=False, sqlite_where=sa.text("state IN ('draft', 'held', 'partial', 'doubt', 'dead')"), postgresql_where=sa.text("state IN ('draft', 'held', 'partial', 'doubt', 'dead')"))
    op.create_table('met_tally',
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('flow', sa.String(length=40), nullable=False),
    sa.Column('milestone', sa.String(length=60), nullable=False),
    sa.Column('region_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('met_on', sa.Date(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('late', sa.Integer(), nullable=False),
    sa.Column('workdays', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('campaign', 'flow', 'milestone', 'region_id', 'met_on', name=op.f('pk_met_tally')),
    sqlite_with_rowid=False
    )
    op.create_table('oidc_requests',
    sa.Column('state_hash', sa.String(length=64), nullable=False),
    sa.Column('browser_hash', sa.String(length=64), nullable=False),
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('verifier', sa.String(length=128), nullable=False),
    sa.Column('redirect_uri', sa.Text(), nullable=False),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kept', sa.Text(), nullable=False),
    sa.Column('expires_at', engine.store.types.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('state_hash', name=op.f('pk_oidc_requests'))
    )
    op.create_index('ix_oidc_requests_expires_at', 'oidc_requests', ['expires_at'], unique=False)
    op.create_table('organisations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('full_name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('path', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('aliases', engine.store.types.Json(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['parent_id'], ['organisations.id'], name=op.f('fk_organisations_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations')),
    sa.UniqueConstraint('code', name=op.f('uq_organisations_code'))
    )
    op.create_index('ix_organisations_parent_id', 'organisations', ['parent_id', 'position', 'id'], unique=False)
    op.create_index('ix_organisations_path', 'organisations', ['path'], unique=False)
    op.create_table('periods',
    sa.Column('schedule', sa.String(length=40), nullable=False),
    sa.Column('scope', sa.String(length=80), nullable=False),
    sa.Column('period', sa.String(length=20), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('planned_at', engine.store.types.Instant(), nullable=False),
    sa.Column('done_at', engine.store.types.Instant(), nullable=True),
    sa.Column('facts', engine.store.types.Json(), nullable=True),
    sa.Column('mail_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.PrimaryKeyConstraint('schedule', 'scope', 'period', name=op.f('pk_periods'))
    )
    op.create_table('proposal_tally',
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('flow', sa.String(length=40), nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step', sa.String(length=40), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('campaign', 'flow', 'district_id', 'step', name=op.f('pk_proposal_tally')),
    sqlite_with_rowid=False
    )
    op.create_table('request_keys',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('request', sa.String(length=64), nullable=False),
    sa.Column('answer', engine.store.types.Json(), nullable=False),
    sa.Column('created_at', engine.store.types.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_request_keys'))
    )
    op.create_table('search_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('ref_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign', sa.String(length=40), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('grams', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entries')),
    sa.UniqueConstraint('kind', 'ref_id', name=op.f('uq_search_entries_kind_ref_id'))
    )
    op.create_table('settings',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('value', engine.store.types.Json(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_settings'))
    )
    op.create_table('tally',
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('flow', sa.String(length=40), nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('campaign', 'flow', 'district_id', 'state', name=op.f('pk_tally')),
    sqlite_with_rowid=False
    )
    op.create_table('throttles',
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('last_at', engine.store.types.Instant(), nullable=False),
    sa.Column('until', engine.store.types.Instant(), nullable=True),
    sa.PrimaryKeyConstraint('subject', name=op.f('pk_throttles'))
    )
    op.create_index('ix_throttles_last_at', 'throttles', ['last_at'], unique=False)
    op.create_table('attempts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('mail_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('worker', sa.String(length=60), nullable=False),
    sa.Column('started_at', engine.store.types.Instant(), nullable=False),
    sa.Column('ended_at', engine.store.types.Instant(), nullable=False),
    sa.Column('stage', sa.String(length=12), nullable=False),
    sa.Column('code', sa.Integer(), nullable=True),
    sa.Column('enhanced', sa.String(length=12), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('reply_class', sa.String(length=1), nullable=True),
    sa.Column('action', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['mail_id'], ['mails.id'], name=op.f('fk_attempts_mail_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempts'))
    )
    op.create_index(op.f('ix_attempts_mail_id'), 'attempts', ['mail_id'], unique=False)
    op.create_table('mail_bodies',
    sa.Column('mail_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['mail_id'], ['mails.id'], name=op.f('fk_mail_bodies_mail_id')),
    sa.PrimaryKeyConstraint('mail_id', name=op.f('pk_mail_bodies'))
    )
    op.create_table('people',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('login', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('locale', sa.String(length=10), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_people_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('login', name=op.f('uq_people_login'))
    )
    op.create_table('recipients',
    sa.Column('mail_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('field', sa.String(length=3), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('code', sa.Integer(), nullable=True),
    sa.Column('enhanced', sa.String(length=12), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('at', engine.store.types.Instant(), nullable=True),
    sa.Column('read_at', engine.store.types.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['mail_id'], ['mails.id'], name=op.f('fk_recipients_mail_id')),
    sa.PrimaryKeyConstraint('mail_id', 'address', name=op.f('pk_recipients'))
    )
    op.create_index('ix_recipients_unread', 'recipients', ['person_id', 'mail_id'], unique=False, sqlite_where=sa.text('read_at IS NULL'), postgresql_where=sa.text('read_at IS NULL'))
    op.create_table('suppressions',
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('mail_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.Integer(), nullable=True),
    sa.Column('enhanced', sa.String(length=12), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('since_at', engine.store.types.Instant(), nullable=False),
    sa.Column('lifted_at', engine.store.types.Instant(), nullable=True),
    sa.Column('lifted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['mail_id'], ['mails.id'], name=op.f('fk_suppressions_mail_id')),
    sa.PrimaryKeyConstraint('address', name=op.f('pk_suppressions'))
    )
    op.create_table('accounts',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('password_set_at', engine.store.types.Instant(), nullable=True),
    sa.Column('factor_secret', sa.Text(), nullable=True),
    sa.Column('factor_since', engine.store.types.Instant(), nullable=True),
    sa.Column('factor_counter', sa.BigInteger(), nullable=True),
    sa.Column('offered_secret', sa.Text(), nullable=True),
    sa.Column('last_at', engine.store.types.Instant(), nullable=True),
    sa.Column('last_address', sa.String(length=45), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_accounts_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_accounts'))
    )
    op.create_table('api_tokens',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('hint', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('scope', sa.String(length=10), nullable=False),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', engine.store.types.Instant(), nullable=False),
    sa.Column('expires_at', engine.store.types.Instant(), nullable=False),
    sa.Column('used_at', engine.store.types.Instant(), nullable=True),
    sa.Column('used_address', sa.String(length=45), nullable=True),
    sa.Column('revoked_at', engine.store.types.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_api_tokens_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_tokens')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_api_tokens_token_hash'))
    )
    op.create_index('ix_api_tokens_person', 'api_tokens', ['person_id', 'id'], unique=False)
    op.create_table('cases',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('flow', sa.String(length=40), nullable=False),
    sa.Column('definition_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject_key', sa.String(length=80), nullable=False),
    sa.Column('subject_name', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('claimed', sa.Boolean(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('entered_at', engine.store.types.Instant(), nullable=False),
    sa.Column('entered_on', sa.Date(), nullable=False),
    sa.Column('resume_state', sa.String(length=40), nullable=True),
    sa.Column('replaces_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('replaced_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proposed_step', sa.String(length=40), nullable=True),
    sa.Column('proposed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proposed_at', engine.store.types.Instant(), nullable=True),
    sa.Column('proposed_on', sa.Date(), nullable=True),
    sa.Column('journal_seq', sa.Integer(), nullable=False),
    sa.Column('journal_hash', sa.String(length=64), nullable=False),
    sa.Column('returned_at', engine.store.types.Instant(), nullable=True),
    sa.Column('next_due_on', sa.Date(), nullable=True),
    sa.Column('next_milestone', sa.String(length=60), nullable=True),
    sa.Column('topic', sa.String(length=20), nullable=True),
    sa.ForeignKeyConstraint(['campaign'], ['campaigns.key'], name=op.f('fk_cases_campaign')),
    sa.ForeignKeyConstraint(['definition_id'], ['definitions.id'], name=op.f('fk_cases_definition_id')),
    sa.ForeignKeyConstraint(['district_id'], ['organisations.id'], name=op.f('fk_cases_district_id')),
    sa.ForeignKeyConstraint(['proposed_by'], ['people.id'], name=op.f('fk_cases_proposed_by')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['cases.id'], name=op.f('fk_cases_replaced_by_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['cases.id'], name=op.f('fk_cases_replaces_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('subject_key', 'campaign', 'flow', 'district_id', name=op.f('uq_cases_subject_key_campaign_flow_district_id'))
    )
    op.create_index('ix_cases_claimed', 'cases', ['campaign', 'district_id', 'id'], unique=False, sqlite_where=sa.text('claimed = 1'), postgresql_where=sa.text('claimed'))
    op.create_index('ix_cases_due', 'cases', ['campaign', 'flow', 'state', 'next_due_on', 'id'], unique=False)
    op.create_index('ix_cases_name', 'cases', ['campaign', 'flow', 'subject_name', 'id'], unique=False)
    op.create_index('ix_cases_number', 'cases', ['campaign', 'flow', 'state', 'id'], unique=False)
    op.create_index('ix_cases_place', 'cases', ['campaign', 'flow', 'district_id', 'state', 'next_due_on', 'id'], unique=False)
    op.create_index('ix_cases_proposed', 'cases', ['campaign', 'proposed_at', 'id'], unique=False, sqlite_where=sa.text('proposed_step IS NOT NULL'), postgresql_where=sa.text('proposed_step IS NOT NULL'))
    op.create_index('ix_cases_proposed_place', 'cases', ['campaign', 'district_id'], unique=False, sqlite_where=sa.text('proposed_step IS NOT NULL'), postgresql_where=sa.text('proposed_step IS NOT NULL'))
    op.create_index('ix_cases_returned', 'cases', ['campaign', 'district_id', 'returned_at'], unique=False, sqlite_where=sa.text('returned_at IS NOT NULL'), postgresql_where=sa.text('returned_at IS NOT NULL'))
    op.create_index('ix_cases_topic', 'cases', ['campaign', 'flow', 'topic', 'state', 'id'], unique=False)
    op.create_index('ix_cases_topic_due', 'cases', ['campaign', 'flow', 'topic', 'state', 'next_due_on', 'id'], unique=False)
    op.create_table('deputies',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deputy_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['deputy_id'], ['people.id'], name=op.f('fk_deputies_deputy_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_deputies_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deputies'))
    )
    op.create_index(op.f('ix_deputies_deputy_id'), 'deputies', ['deputy_id'], unique=False)
    op.create_table('disclosures',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', engine.store.types.Instant(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('about', sa.String(length=200), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_disclosures_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosures'))
    )
    op.create_index('ix_disclosures_person', 'disclosures', ['person_id', 'id'], unique=False)
    op.create_table('kept_reports',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('query', sa.String(length=200), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kept_at', engine.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['campaign'], ['campaigns.key'], name=op.f('fk_kept_reports_campaign')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_kept_reports_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_kept_reports_person_id')),
    sa.ForeignKeyConstraint(['sha256'], ['blobs.sha256'], name=op.f('fk_kept_reports_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_reports')),
    sa.UniqueConstraint('organisation_id', 'campaign', 'month', 'name', 'query', 'number', name='uq_kept_reports_version')
    )
    op.create_index('ix_kept_reports_campaign', 'kept_reports', ['campaign', 'id'], unique=False)
    op.create_index('ix_kept_reports_place', 'kept_reports', ['campaign', 'organisation_id', 'id'], unique=False)
    op.create_table('links',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('target', sa.Text(), nullable=True),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', engine.store.types.Instant(), nullable=False),
    sa.Column('expires_at', engine.store.types.Instant(), nullable=False),
    sa.Column('used_at', engine.store.types.Instant(), nullable=True),
    sa.Column('revoked_at', engine.store.types.Instant(), nullable=True),
    sa.Column('mail_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['mail_id'], ['mails.id'], name=op.f('fk_links_mail_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_links_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_links_token_hash'))
    )
    op.create_index('ix_links_person', 'links', ['person_id', 'id'], unique=False)
    op.create_table('recovery_codes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', engine.store.types.Instant(), nullable=False),
    sa.Column('used_at', engine.store.types.Instant(), nullable=True),
    sa.Column('revoked_at', engine.store.types.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recovery_codes_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_codes'))
    )
    op.create_index(op.f('ix_recovery_codes_person_id'), 'recovery_codes', ['person_id'], unique=False)
    op.create_table('roles',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_roles_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_roles_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roles'))
    )
    op.create_index(op.f('ix_roles_organisation_id'), 'roles', ['organisation_id'], unique=False)
    op.create_index(op.f('ix_roles_person_id'), 'roles', ['person_id'], unique=False)
    op.create_table('sessions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('stage', sa.String(length=12), nullable=False),
    sa.Column('only', sa.Text(), nullable=True),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.Column('agent', sa.String(length=200), nullable=False),
    sa.Column('created_at', engine.store.types.Instant(), nullable=False),
    sa.Column('seen_at', engine.store.types.Instant(), nullable=False),
    sa.Column('confirmed_at', engine.store.types.Instant(), nullable=False),
    sa.Column('expires_at', engine.store.types.Instant(), nullable=False),
    sa.Column('ended_at', engine.store.types.Instant(), nullable=True),
    sa.Column('ended_reason', sa.String(length=40), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_sessions_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sessions')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sessions_token_hash'))
    )
    op.create_index('ix_sessions_person', 'sessions', ['person_id', 'id'], unique=False)
    op.create_table('sign_ins',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', engine.store.types.Instant(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('detail', sa.String(length=60), nullable=True),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.Column('agent', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_sign_ins_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins'))
    )
    op.create_index('ix_sign_ins_person', 'sign_ins', ['person_id', 'id'], unique=False)
    op.create_table('views',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('page', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('made_at', engine.store.types.Instant(), nullable=False),
    sa.Column('removed_at', engine.store.types.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_views_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_views')),
    sa.UniqueConstraint('person_id', 'page', 'name', name=op.f('uq_views_person_id_page_name'))
    )
    op.create_table('deadlines',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('milestone', sa.String(length=40), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('flow', sa.String(length=40), nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ladder', sa.String(length=40), nullable=False),
    sa.Column('original_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('opened_at', engine.store.types.Instant(), nullable=False),
    sa.Column('speaks_from', engine.store.types.Instant(), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('met_on', sa.Date(), nullable=True),
    sa.Column('verdict', sa.String(length=20), nullable=True),
    sa.Column('paused_on', sa.Date(), nullable=True),
    sa.Column('promised_on', sa.Date(), nullable=True),
    sa.Column('awaited_on', sa.Date(), nullable=True),
    sa.Column('achieved_on', sa.Date(), nullable=True),
    sa.Column('took', sa.Integer(), nullable=True),
    sa.CheckConstraint("state IN ('open', 'met', 'waived', 'cancelled')", name=op.f('ck_deadlines_state')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_deadlines_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadlines')),
    sa.UniqueConstraint('case_id', 'milestone', 'ordinal', name=op.f('uq_deadlines_case_id_milestone_ordinal'))
    )
    op.create_index('ix_deadlines_achieved', 'deadlines', ['campaign', 'flow', 'milestone', 'district_id', 'achieved_on', 'took'], unique=False, sqlite_where=sa.text('achieved_on IS NOT NULL'), postgresql_where=sa.text('achieved_on IS NOT NULL'))
    op.create_index('ix_deadlines_awaited', 'deadlines', ['campaign', 'flow', 'milestone', 'awaited_on', 'id'], unique=False, sqlite_where=sa.text('awaited_on IS NOT NULL'), postgresql_where=sa.text('awaited_on IS NOT NULL'))
    op.create_index('ix_deadlines_awaited_place', 'deadlines', ['campaign', 'district_id', 'awaited_on', 'id'], unique=False, sqlite_where=sa.text('awaited_on IS NOT NULL'), postgresql_where=sa.text('awaited_on IS NOT NULL'))
    op.create_index('ix_deadlines_late', 'deadlines', ['campaign', 'met_on', 'district_id'], unique=False, sqlite_where=sa.text("verdict = 'late'"), postgresql_where=sa.text("verdict = 'late'"))
    op.create_table('deadline_changes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deadline_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('cause', sa.String(length=40), nullable=True),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.Column('recorded_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['deadline_id'], ['deadlines.id'], name=op.f('fk_deadline_changes_deadline_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline_changes'))
    )
    op.create_index('ix_deadline_changes_asked', 'deadline_changes', ['campaign', 'id'], unique=False, sqlite_where=sa.text("status = 'asked'"), postgresql_where=sa.text("status = 'asked'"))
    op.create_index(op.f('ix_deadline_changes_deadline_id'), 'deadline_changes', ['deadline_id'], unique=False)
    op.create_index('ix_deadline_changes_extended', 'deadline_changes', ['campaign', 'district_id', 'id'], unique=False, sqlite_where=sa.text("kind = 'extend' AND status = 'done'"), postgresql_where=sa.text("kind = 'extend' AND status = 'done'"))
    op.create_index(op.f('ix_deadline_changes_recorded_at'), 'deadline_changes', ['recorded_at'], unique=False)
    op.create_table('due',
    sa.Column('next_at', engine.store.types.Instant(), nullable=False),
    sa.Column('deadline_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['deadline_id'], ['deadlines.id'], name=op.f('fk_due_deadline_id')),
    sa.PrimaryKeyConstraint('next_at', 'deadline_id', name=op.f('pk_due')),
    sa.UniqueConstraint('deadline_id', name=op.f('uq_due_deadline_id')),
    sqlite_with_rowid=False
    )
    op.create_table('notices',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('dedup_key', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('letter', sa.String(length=40), nullable=False),
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('deadline_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('milestone', sa.String(length=40), nullable=True),
    sa.Column('morning_on', sa.Date(), nullable=False),
    sa.Column('release_at', engine.store.types.Instant(), nullable=False),
    sa.Column('facts', engine.store.types.Json(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('mail_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', engine.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_notices_case_id')),
    sa.ForeignKeyConstraint(['deadline_id'], ['deadlines.id'], name=op.f('fk_notices_deadline_id')),
    sa.ForeignKeyConstraint(['district_id'], ['organisations.id'], name=op.f('fk_notices_district_id')),
    sa.ForeignKeyConstraint(['mail_id'], ['mails.id'], name=op.f('fk_notices_mail_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notices')),
    sa.UniqueConstraint('dedup_key', name=op.f('uq_notices_dedup_key'))
    )
    op.create_index('ix_notices_case', 'notices', ['case_id'], unique=False)
    op.create_index('ix_notices_waiting', 'notices', ['release_at', 'id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_table('rung_fires',
    sa.Column('deadline_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('rung', sa.String(length=40), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('fired_at', engine.store.types.Instant(), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('notice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['deadline_id'], ['deadlines.id'], name=op.f('fk_rung_fires_deadline_id')),
    sa.PrimaryKeyConstraint('deadline_id', 'generation', 'rung', 'ordinal', name=op.f('pk_rung_fires')),
    sqlite_with_rowid=False
    )
    for statement in triggers.statements(op.get_bind().dialect.name):
        op.execute(statement)
