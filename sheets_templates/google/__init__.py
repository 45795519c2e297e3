"""The tables as spreadsheets.batchUpdate requests; no HTTP."""
