"""`genjin demo`: a sample team whose workbook goes in messy and comes out checked, synced and reminded."""
