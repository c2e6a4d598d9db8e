"""Benchmarks: what Relais costs, beside a bare FastAPI page, in one run. Never part of the tests."""
