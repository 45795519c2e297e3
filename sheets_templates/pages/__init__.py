"""Mails and pages, rendered with Jinja."""
