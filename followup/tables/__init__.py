"""Every table and column, declared once (MODEL 2, 3). Look tables up in `TABLES` by English key."""

from followup.tables.column import (
    DATES,
    NUMBERS,
    Column,
    Merge,
    Need,
    Owner,
    Table,
    Tier,
    Type,
)
from followup.tables.configuration import DICTIONARY, HOLIDAYS, PEOPLE, RULES, SETTINGS
from followup.tables.customers import CONTACTS, CUSTOMERS
from followup.tables.deals import DEALS, PAYMENTS, TARGETS
from followup.tables.followups import FOLLOWUPS, TASKS
from followup.tables.history import (
    CHANGELOG,
    HISTORY,
    META,
    REMINDER_LOG,
    RUN_LOG,
    TRANSITIONS,
)
from followup.tables.repairs import (
    CONFLICTS,
    DUPLICATES,
    IMPORT_STAGING,
    ISSUES,
    RECYCLE_BIN,
)
from followup.tables.service import ATTACHMENTS, KB, TEMPLATES, TICKETS
from followup.tables.views import DASHBOARD, REVIEWS, TODAY

# The order of the sheets in a workbook: what people use daily first.
TABLES: dict[str, Table] = {
    table.key: table
    for table in (
        TODAY,
        CUSTOMERS,
        FOLLOWUPS,
        TASKS,
        CONTACTS,
        DEALS,
        PAYMENTS,
        TICKETS,
        ATTACHMENTS,
        DASHBOARD,
        REVIEWS,
        ISSUES,
        CONFLICTS,
        DUPLICATES,
        RECYCLE_BIN,
        IMPORT_STAGING,
        PEOPLE,
        TARGETS,
        SETTINGS,
        RULES,
        DICTIONARY,
        HOLIDAYS,
        TEMPLATES,
        KB,
        HISTORY,
        TRANSITIONS,
        CHANGELOG,
        REMINDER_LOG,
        RUN_LOG,
        META,
    )
}
BY_SHEET: dict[str, Table] = {table.sheet: table for table in TABLES.values()}

# MODEL 2: a team starts with these; the rest appears when switched on.
STARTER: tuple[str, ...] = (
    "today", "customers", "followups", "tasks", "issues", "people", "settings", "dictionary", "meta",
)  # fmt: skip

__all__ = [
    "BY_SHEET", "DATES", "NUMBERS", "STARTER", "TABLES",
    "Column", "Merge", "Need", "Owner", "Table", "Tier", "Type",
]  # fmt: skip
