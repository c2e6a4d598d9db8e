"""The JSON door: its own application under /api/v1, for programs; it reads no cookie."""
