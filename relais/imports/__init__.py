"""Imports: files read into rows of the record (docs/decisions/0035)."""
