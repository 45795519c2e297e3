"""All tables of the state database, whoever declares them."""

from genjin.state import tables
from reminders import ledger
from sync import base, journal

METADATA = [tables.metadata, base.metadata, journal.metadata, ledger.metadata]
