"""The pure core: tables, values, checks, rules, computed columns. No I/O, no clock (MODEL.md)."""
