"""Who is told what and when: selection, outbox, channels."""
