"""How alembic reaches the database that `genjin.state` has open."""

from alembic import context

from genjin.state.metadata import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
