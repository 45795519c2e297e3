"""A shared Google Sheet through gspread and google-auth (PLATFORM 2)."""

from sync.stores.google_sheets.client import Client, UnknownOutcome
from sync.stores.google_sheets.connect import connect
from sync.stores.google_sheets.setup import hub_setup
from sync.stores.google_sheets.store import GoogleSheetsStore

__all__ = ["Client", "GoogleSheetsStore", "UnknownOutcome", "connect", "hub_setup"]
