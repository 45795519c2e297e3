"""Who is told what and when: selection, outbox, channels."""

from reminders import wording as _wording  # noqa: F401  (registers the sentences)
