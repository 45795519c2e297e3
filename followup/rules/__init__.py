"""Rules R01-R17 (MODEL 5): one pure function a rule, in a list."""
