"""The verbs of Relais, one module per noun, and the services they stand on. Knows models; knows no HTTP."""

VERSION = "0.1.0"  # as in pyproject.toml: what was written by one version may be written otherwise by the next
