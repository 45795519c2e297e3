"""The planner: who is who, what both sides become, what is lost and kept, what is refused. No I/O, no clock."""

from sync.plan.decisions import settle
from sync.plan.identity import Identified, identify, record_keys
from sync.plan.model import Held, Notice, Plan, Side
from sync.plan.plan import plan

__all__ = ["Held", "Identified", "Notice", "Plan", "Side", "identify", "plan", "record_keys", "settle"]
