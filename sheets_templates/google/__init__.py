"""The tables as spreadsheets.batchUpdate requests; no HTTP."""

from sheets_templates.google.layout import Tab
from sheets_templates.google.setup import HUB_TABLES, SIGNATURE, Setup, setup_requests

__all__ = ["HUB_TABLES", "SIGNATURE", "Setup", "Tab", "setup_requests"]
