"""All tables of the state database, whoever declares them."""

from genjin.state.tables import metadata as runs
from reminders.ledger import metadata as ledger
from sync.journal import metadata as journal
from sync.schema import metadata as base

METADATA = [runs, base, journal, ledger]
