"""SQLAlchemy Core on SQLite and PostgreSQL by one code path: tables, unit of work, queries, migrations."""
