"""All tables of the state database, whoever declares them."""

from genjin.state.tables import metadata as runs
from reminders.ledger import metadata as ledger
from sync.base import metadata as base
from sync.journal import metadata as journal

METADATA = [runs, base, journal, ledger]
