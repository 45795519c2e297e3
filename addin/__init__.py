"""The add-in: sources and build (see the issue on buttons)."""
