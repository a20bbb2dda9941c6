"""the records of benchmarking"""

import sqlalchemy as sa
from alembic import op

import engine.store.types

revision = '0001_benchmarking'
down_revision = None
branch_labels = ('benchmarking',)
depends_on = '0001_engine'


def upgrade() -> None:
    op.create_table('enterprises',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('name_key', sa.String(length=200), nullable=False),
    sa.Column('credit_code', sa.String(length=18), nullable=True),
    sa.Column('industry_code', sa.String(length=8), nullable=True),
    sa.Column('cluster', sa.String(length=40), nullable=True),
    sa.Column('above_designated_size', sa.Boolean(), nullable=True),
    sa.Column('honours', engine.store.types.Json(), nullable=False),
    sa.Column('contact', engine.store.types.Json(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('merged_into', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', engine.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['merged_into'], ['enterprises.id'], name=op.f('fk_enterprises_merged_into')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enterprises')),
    sa.UniqueConstraint('credit_code', name=op.f('uq_enterprises_credit_code'))
    )
    op.create_index(op.f('ix_enterprises_merged_into'), 'enterprises', ['merged_into'], unique=False)
    op.create_index(op.f('ix_enterprises_name_key'), 'enterprises', ['name_key'], unique=False)
    op.create_index('uq_enterprises_name_key_uncoded', 'enterprises', ['name_key'], unique=True, sqlite_where=sa.text('credit_code IS NULL AND merged_into IS NULL'), postgresql_where=sa.text('credit_code IS NULL AND merged_into IS NULL'))
    op.create_table('evidence_files',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('what', sa.String(length=24), nullable=False),
    sa.Column('about', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['blobs.sha256'], name=op.f('fk_evidence_files_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_files')),
    sa.UniqueConstraint('what', 'about', 'seq', name=op.f('uq_evidence_files_what_about_seq'))
    )
    op.create_index(op.f('ix_evidence_files_sha256'), 'evidence_files', ['sha256'], unique=False)
    op.create_table('former_names',
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name_key', sa.String(length=200), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprises.id'], name=op.f('fk_former_names_enterprise_id')),
    sa.PrimaryKeyConstraint('enterprise_id', 'name_key', name=op.f('pk_former_names'))
    )
    op.create_index(op.f('ix_former_names_name_key'), 'former_names', ['name_key'], unique=False)
    op.create_table('imports',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('form', sa.String(length=20), nullable=False),
    sa.Column('file_sha', sa.String(length=64), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('supplementary', sa.Boolean(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.Column('did', engine.store.types.Json(), nullable=False),
    sa.CheckConstraint("status IN ('taken', 'refused')", name=op.f('ck_imports_status')),
    sa.ForeignKeyConstraint(['campaign'], ['campaigns.key'], name=op.f('fk_imports_campaign')),
    sa.ForeignKeyConstraint(['district_id'], ['organisations.id'], name=op.f('fk_imports_district_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imports'))
    )
    op.create_index('ix_imports_list', 'imports', ['campaign', 'district_id', 'file_sha'], unique=False)
    op.create_table('plans',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('drafted_by', sa.String(length=120), nullable=False),
    sa.Column('drafted_on', sa.Date(), nullable=False),
    sa.Column('file_sha', sa.String(length=64), nullable=True),
    sa.Column('file_name', sa.String(length=200), nullable=True),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['campaign'], ['campaigns.key'], name=op.f('fk_plans_campaign')),
    sa.ForeignKeyConstraint(['district_id'], ['organisations.id'], name=op.f('fk_plans_district_id')),
    sa.ForeignKeyConstraint(['file_sha'], ['blobs.sha256'], name=op.f('fk_plans_file_sha')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plans'))
    )
    op.create_index(op.f('ix_plans_district_id'), 'plans', ['district_id'], unique=False)
    op.create_table('publications',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('prefix', sa.String(length=40), nullable=False),
    sa.Column('document_no', sa.String(length=60), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('file_sha', sa.String(length=64), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('proposed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proposed_at', engine.store.types.Instant(), nullable=True),
    sa.Column('confirmed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('confirmed_at', engine.store.types.Instant(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'proposed', 'confirmed', 'published', 'withdrawn')", name=op.f('ck_publications_state')),
    sa.ForeignKeyConstraint(['campaign'], ['campaigns.key'], name=op.f('fk_publications_campaign')),
    sa.ForeignKeyConstraint(['file_sha'], ['blobs.sha256'], name=op.f('fk_publications_file_sha')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_publications_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publications')),
    sa.UniqueConstraint('campaign', 'number', name=op.f('uq_publications_campaign_number'))
    )
    op.create_index(op.f('ix_publications_organisation_id'), 'publications', ['organisation_id'], unique=False)
    op.create_table('trainings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign', sa.String(length=40), nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic', sa.String(length=200), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('notice_sha', sa.String(length=64), nullable=True),
    sa.Column('attendance_sha', sa.String(length=64), nullable=True),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['attendance_sha'], ['blobs.sha256'], name=op.f('fk_trainings_attendance_sha')),
    sa.ForeignKeyConstraint(['campaign'], ['campaigns.key'], name=op.f('fk_trainings_campaign')),
    sa.ForeignKeyConstraint(['district_id'], ['organisations.id'], name=op.f('fk_trainings_district_id')),
    sa.ForeignKeyConstraint(['notice_sha'], ['blobs.sha256'], name=op.f('fk_trainings_notice_sha')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trainings'))
    )
    op.create_index(op.f('ix_trainings_district_id'), 'trainings', ['district_id'], unique=False)
    op.create_table('plan_indicators',
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('direction', sa.String(length=12), nullable=False),
    sa.Column('national_value', sa.String(length=120), nullable=False),
    sa.Column('benchmark_value', sa.String(length=120), nullable=False),
    sa.Column('core', sa.Boolean(), nullable=False),
    sa.CheckConstraint("direction IN ('higher', 'lower', 'range', 'qualitative')", name=op.f('ck_plan_indicators_direction')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_plan_indicators_plan_id')),
    sa.PrimaryKeyConstraint('plan_id', 'name', name=op.f('pk_plan_indicators'))
    )
    op.create_table('platform_plans',
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=64), nullable=True),
    sa.Column('url', sa.String(length=500), nullable=True),
    sa.Column('screenshot_sha', sa.String(length=64), nullable=True),
    sa.Column('uploaded_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_platform_plans_plan_id')),
    sa.ForeignKeyConstraint(['screenshot_sha'], ['blobs.sha256'], name=op.f('fk_platform_plans_screenshot_sha')),
    sa.PrimaryKeyConstraint('plan_id', name=op.f('pk_platform_plans'))
    )
    op.create_table('received_files',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('received_at', engine.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_received_files_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'sha256', name=op.f('pk_received_files'))
    )
    op.create_index(op.f('ix_received_files_received_at'), 'received_files', ['received_at'], unique=False)
    op.create_table('products',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('name_key', sa.String(length=200), nullable=False),
    sa.Column('implemented_standards', engine.store.types.Json(), nullable=False),
    sa.Column('benchmark_standards', engine.store.types.Json(), nullable=False),
    sa.Column('plan_source', sa.String(length=10), nullable=False),
    sa.Column('existing_plan_no', sa.String(length=64), nullable=True),
    sa.Column('support_needed', sa.Boolean(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('dropped_reason', sa.Text(), nullable=True),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('created_at', engine.store.types.Instant(), nullable=False),
    sa.CheckConstraint("plan_source IN ('existing', 'new')", name=op.f('ck_products_plan_source')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_products_case_id')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprises.id'], name=op.f('fk_products_enterprise_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_products')),
    sa.UniqueConstraint('case_id', 'name_key', name=op.f('uq_products_case_id_name_key'))
    )
    op.create_index(op.f('ix_products_enterprise_id'), 'products', ['enterprise_id'], unique=False)
    op.create_table('report_forms',
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file_sha', sa.String(length=64), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=True),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_report_forms_case_id')),
    sa.ForeignKeyConstraint(['file_sha'], ['blobs.sha256'], name=op.f('fk_report_forms_file_sha')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_report_forms'))
    )
    op.create_table('report_versions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('reported_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('saved_at', engine.store.types.Instant(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'saved', 'submitted')", name=op.f('ck_report_versions_state')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_report_versions_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_versions')),
    sa.UniqueConstraint('case_id', 'number', name=op.f('uq_report_versions_case_id_number'))
    )
    op.create_table('training_cases',
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('training_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_training_cases_case_id')),
    sa.ForeignKeyConstraint(['training_id'], ['trainings.id'], name=op.f('fk_training_cases_training_id')),
    sa.PrimaryKeyConstraint('case_id', 'training_id', name=op.f('pk_training_cases'))
    )
    op.create_table('declarations',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('standard_no', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('disclosed_on', sa.Date(), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('key_area', sa.Boolean(), nullable=False),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_declarations_product_id')),
    sa.PrimaryKeyConstraint('product_id', 'standard_no', name=op.f('pk_declarations'))
    )
    op.create_table('indicator_values',
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enterprise_value', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['plan_id', 'name'], ['plan_indicators.plan_id', 'plan_indicators.name'], name=op.f('fk_indicator_values_plan_id_name')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_indicator_values_product_id')),
    sa.PrimaryKeyConstraint('plan_id', 'name', 'product_id', name=op.f('pk_indicator_values'))
    )
    op.create_index(op.f('ix_indicator_values_product_id'), 'indicator_values', ['product_id'], unique=False)
    op.create_table('plan_products',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_plan_products_plan_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_plan_products_product_id')),
    sa.PrimaryKeyConstraint('product_id', name=op.f('pk_plan_products'))
    )
    op.create_index(op.f('ix_plan_products_plan_id'), 'plan_products', ['plan_id'], unique=False)
    op.create_table('platform_results',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=64), nullable=True),
    sa.Column('url', sa.String(length=500), nullable=True),
    sa.Column('screenshot_sha', sa.String(length=64), nullable=True),
    sa.Column('uploaded_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_platform_results_product_id')),
    sa.ForeignKeyConstraint(['screenshot_sha'], ['blobs.sha256'], name=op.f('fk_platform_results_screenshot_sha')),
    sa.PrimaryKeyConstraint('product_id', name=op.f('pk_platform_results'))
    )
    op.create_table('publication_entries',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('publication_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_publication_entries_product_id')),
    sa.ForeignKeyConstraint(['publication_id'], ['publications.id'], name=op.f('fk_publication_entries_publication_id')),
    sa.PrimaryKeyConstraint('product_id', name=op.f('pk_publication_entries'))
    )
    op.create_index(op.f('ix_publication_entries_publication_id'), 'publication_entries', ['publication_id'], unique=False)
    op.create_table('publication_members',
    sa.Column('publication_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('added_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('added_at', engine.store.types.Instant(), nullable=False),
    sa.Column('left_reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_publication_members_case_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_publication_members_product_id')),
    sa.ForeignKeyConstraint(['publication_id'], ['publications.id'], name=op.f('fk_publication_members_publication_id')),
    sa.PrimaryKeyConstraint('publication_id', 'product_id', name=op.f('pk_publication_members'))
    )
    op.create_index(op.f('ix_publication_members_case_id'), 'publication_members', ['case_id'], unique=False)
    op.create_index(op.f('ix_publication_members_product_id'), 'publication_members', ['product_id'], unique=False)
    op.create_table('report_sheets',
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('industry', sa.String(length=60), nullable=False),
    sa.Column('typed', engine.store.types.Json(), nullable=False),
    sa.Column('computed', engine.store.types.Json(), nullable=False),
    sa.Column('differences', engine.store.types.Json(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['report_versions.id'], name=op.f('fk_report_sheets_version_id')),
    sa.PrimaryKeyConstraint('version_id', 'seq', name=op.f('pk_report_sheets'))
    )
    op.create_table('runner_steps',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=20), nullable=False),
    sa.Column('reached_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.CheckConstraint("level IN ('national', 'provincial', 'local')", name=op.f('ck_runner_steps_level')),
    sa.CheckConstraint("step IN ('area_matched', 'standard_disclosed', 'submitted', 'shortlisted', 'listed', 'not_listed')", name=op.f('ck_runner_steps_step')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_runner_steps_product_id')),
    sa.PrimaryKeyConstraint('product_id', 'level', 'year', 'step', name=op.f('pk_runner_steps'))
    )
    op.create_table('test_reports',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('laboratory', sa.String(length=120), nullable=False),
    sa.Column('cma_no', sa.String(length=40), nullable=False),
    sa.Column('report_no', sa.String(length=80), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('sampling', sa.String(length=10), nullable=False),
    sa.Column('conclusion', sa.String(length=16), nullable=False),
    sa.Column('file_sha', sa.String(length=64), nullable=True),
    sa.Column('file_name', sa.String(length=200), nullable=True),
    sa.Column('recorded_at', engine.store.types.Instant(), nullable=False),
    sa.CheckConstraint("conclusion IN ('all_better', 'partly_better', 'all_equal', 'partly_lower', 'not_met')", name=op.f('ck_test_reports_conclusion')),
    sa.CheckConstraint("sampling IN ('sampled', 'submitted')", name=op.f('ck_test_reports_sampling')),
    sa.ForeignKeyConstraint(['file_sha'], ['blobs.sha256'], name=op.f('fk_test_reports_file_sha')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_test_reports_product_id')),
    sa.PrimaryKeyConstraint('product_id', name=op.f('pk_test_reports'))
    )
