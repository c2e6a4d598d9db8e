"""What the export is called, and where its schema lies on the site that made it."""

NAME = "relais-export-1"
ADDRESS = f"/schema/{NAME}.json"
