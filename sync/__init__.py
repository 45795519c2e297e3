"""Stores, the three-way plan and its journal (SYNC.md)."""
