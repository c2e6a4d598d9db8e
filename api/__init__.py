"""The JSON door: its own application under /api/v1, for public data only."""
