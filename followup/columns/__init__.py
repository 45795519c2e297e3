"""Computed columns K1-K25 (MODEL 4), whole columns at a time."""
