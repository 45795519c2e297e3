"""One cell as typed by a person: value, verdict and reason (CASES 1)."""
