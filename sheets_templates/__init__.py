"""What people look at, built from the tables."""
