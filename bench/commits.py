"""How fast the engine itself commits: one row to a transaction, over one connection, on the disk the record is on."""

import sqlite3
import time
from pathlib import Path

import psycopg

ROW = "x" * 300


def sqlite(folder: Path, seconds: float) -> float:
    """Commits a second on SQLite, with the record's own settings: WAL and FULL."""
    connection = sqlite3.connect(folder / "commits.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO rows (body) VALUES (?)", (ROW,))
        connection.execute("COMMIT")
        done += 1
    took = time.perf_counter() - began
    connection.close()
    return done / took


def postgresql(address: str, seconds: float) -> float:
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bench_rows (id bigserial PRIMARY KEY, body text NOT NULL)")
        connection.commit()
        began, done = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            connection.execute("INSERT INTO bench_rows (body) VALUES (%s)", (ROW,))
            connection.commit()
            done += 1
        took = time.perf_counter() - began
        connection.execute("DROP TABLE bench_rows")
    return done / took
