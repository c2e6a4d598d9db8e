"""The JSON Schema of the hand-over brief, for whoever reads one by a program, and where it lies on the site that made it."""

import json
from typing import Any

from relais.presidencies.brief_shapes import SCHEMA, Brief

ADDRESS = f"/schema/{SCHEMA}.json"


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a brief in one language, of today or of any day it was frozen on: a packet holds one for each language."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:relais:schema:{SCHEMA}",
        **Brief.model_json_schema(),
        "title": SCHEMA,
    }


def schema_text() -> str:
    """What docs/schema/relais-brief-1.json holds."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
