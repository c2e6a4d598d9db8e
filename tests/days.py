"""The day on which every scene plays. Time is handed to the verbs, never patched."""

from datetime import UTC, date, datetime

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
