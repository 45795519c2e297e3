"""A local stand-in that speaks the Sheets v4, Drive v3 and token subset over real HTTP.

It answers what genjin, the demo and the live suites of gspread's relatives need, as the real API does:
the recordings of the real API are replayed against it. Unknown fields are refused, a failing batch leaves
nothing behind.
"""

from sync.google_simulator.server import Simulator

__all__ = ["Simulator"]
