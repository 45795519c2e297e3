"""Migrations of the state database (alembic)."""
