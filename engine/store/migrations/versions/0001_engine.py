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
    op.create_index(op.f('ix_journal_recorded_at'), 'journal', ['recorded_at'], unique=False)
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
    op.create_index('ix_mails_leased', 'mails', ['lease_until'], unique=False, sqlite_where=sa.text("state = 'leased'"), postgresql_where=sa.text("state = 'leased'"))
    op.create_index('ix_mails_ready', 'mails', ['priority', 'not_before', 'id'], unique=False, sqlite_where=sa.text("state = 'ready'"), postgresql_where=sa.text("state = 'ready'"))
    op.create_index('ix_mails_thread', 'mails', ['thread_key', 'id'], unique=False)
    op.create_table('organisations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('full_name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('path', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('aliases', engine.store.types.Json(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['parent_id'], ['organisations.id'], name=op.f('fk_organisations_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations')),
    sa.UniqueConstraint('code', name=op.f('uq_organisations_code'))
    )
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
    op.create_table('request_keys',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('request', sa.String(length=64), nullable=False),
    sa.Column('answer', engine.store.types.Json(), nullable=False),
    sa.Column('created_at', engine.store.types.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_request_keys'))
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
    op.create_table('attempts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('mail_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('worker', sa.String(length=60), nullable=False),
    sa.Column('started_at', engine.store.types.Instant(), nullable=False),
    sa.Column('ended_at', engine.store.types.Instant(), nullable=False),
    sa.Column('stage', sa.String(length=12), nullable=False),
    sa.Column('code', sa.Integer(), nullable=True),
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
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('at', engine.store.types.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['mail_id'], ['mails.id'], name=op.f('fk_recipients_mail_id')),
    sa.PrimaryKeyConstraint('mail_id', 'address', name=op.f('pk_recipients'))
    )
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
    sa.ForeignKeyConstraint(['campaign'], ['campaigns.key'], name=op.f('fk_cases_campaign')),
    sa.ForeignKeyConstraint(['definition_id'], ['definitions.id'], name=op.f('fk_cases_definition_id')),
    sa.ForeignKeyConstraint(['district_id'], ['organisations.id'], name=op.f('fk_cases_district_id')),
    sa.ForeignKeyConstraint(['proposed_by'], ['people.id'], name=op.f('fk_cases_proposed_by')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['cases.id'], name=op.f('fk_cases_replaced_by_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['cases.id'], name=op.f('fk_cases_replaces_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('campaign', 'flow', 'district_id', 'subject_key', name=op.f('uq_cases_campaign_flow_district_id_subject_key'))
    )
    op.create_index('ix_cases_campaign_flow_district_state', 'cases', ['campaign', 'flow', 'district_id', 'state'], unique=False)
    op.create_index('ix_cases_proposed', 'cases', ['campaign', 'proposed_at'], unique=False, sqlite_where=sa.text('proposed_step IS NOT NULL'), postgresql_where=sa.text('proposed_step IS NOT NULL'))
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
    sa.CheckConstraint("state IN ('open', 'met', 'waived', 'cancelled')", name=op.f('ck_deadlines_state')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_deadlines_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadlines')),
    sa.UniqueConstraint('case_id', 'milestone', 'ordinal', name=op.f('uq_deadlines_case_id_milestone_ordinal'))
    )
    op.create_index('ix_deadlines_open', 'deadlines', ['campaign', 'district_id', 'due_on'], unique=False, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_table('deadline_changes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deadline_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
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
    op.create_index(op.f('ix_deadline_changes_deadline_id'), 'deadline_changes', ['deadline_id'], unique=False)
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
