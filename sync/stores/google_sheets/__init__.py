"""A shared Google Sheet through gspread and google-auth (PLATFORM 2)."""
