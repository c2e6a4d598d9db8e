"""The open data described for programs: as DCAT-AP for data portals, and as schema.org for search engines."""

from collections.abc import Sequence
from typing import Any

from relais import dumps, export
from relais.i18n import LANGUAGES, N_, say
from relais.settings import settings

TITLE = N_("Relais: policy proposals on their way through the European Union")
ABOUT = N_(
    "Proposals, where they stand and since when, who takes which position, what happened and what is planned, the presidencies of the"
    " Council of the European Union, and the sources of it all."
)
PUBLISHER = "Social Good Accelerator"
FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
TONGUES = {"fr": "FRA", "en": "ENG"}
MEDIA = "https://www.iana.org/assignments/media-types/"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}


def address(day: Any) -> str:
    return f"{settings().base_url}/data/{dumps.name(day)}"


def as_dcat(rows: Sequence[Any]) -> dict[str, Any]:
    """A catalogue of one dataset: each dump is a distribution of it, and so is the export, which is of this moment."""
    base = settings().base_url
    publisher = {"@id": f"{base}/#publisher", "@type": "foaf:Agent", "foaf:name": PUBLISHER}
    dataset = {
        "@id": f"{base}/data/catalog.jsonld#dataset",
        "@type": "dcat:Dataset",
        "dct:title": _words(TITLE),
        "dct:description": _words(ABOUT),
        "dct:publisher": publisher,
        "dct:accrualPeriodicity": {"@id": FREQUENCY},
        "dct:language": [
            {"@id": f"http://publications.europa.eu/resource/authority/language/{TONGUES[language]}"} for language in LANGUAGES
        ],
        "dcat:landingPage": {"@id": f"{base}/{LANGUAGES[0]}/data"},
        "dcat:theme": {"@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE"},
        "dcat:distribution": [_live(base), *(_dump(row) for row in rows)],
    }
    if rows:
        dataset["dct:modified"] = _moment(rows[0].made_at)
    return {
        "@context": CONTEXT,
        "@id": f"{base}/data/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _words(TITLE),
        "dct:description": _words(ABOUT),
        "dct:publisher": publisher,
        "dcat:dataset": [dataset],
    }


def as_dataset(rows: Sequence[Any]) -> dict[str, Any]:
    """The same for search engines."""
    base = settings().base_url
    files = [
        {
            "@type": "DataDownload",
            "contentUrl": address(row.day),
            "encodingFormat": "application/zip",
            "contentSize": str(row.size),
            "sha256": row.digest,
            "dateModified": row.made_at.isoformat(),
        }
        for row in rows
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{base}/data/catalog.jsonld#dataset",
        "name": TITLE,
        "description": ABOUT,
        "url": f"{base}/en/data",
        "inLanguage": list(LANGUAGES),
        "creator": {"@type": "Organization", "name": PUBLISHER},
        "license": f"{base}/en/data#licence",
        "isAccessibleForFree": True,
        "distribution": [{"@type": "DataDownload", "contentUrl": f"{base}/export.json", "encodingFormat": "application/json"}, *files],
    }


def _live(base: str) -> dict[str, Any]:
    return {
        "@id": f"{base}/export.json",
        "@type": "dcat:Distribution",
        "dct:title": {"@language": "en", "@value": "JSON export, of this moment"},
        "dcat:accessURL": {"@id": f"{base}/export.json"},
        "dcat:downloadURL": {"@id": f"{base}/export.json"},
        "dcat:mediaType": {"@id": f"{MEDIA}application/json"},
        "dct:license": _licence(),
    }


def _dump(row: Any) -> dict[str, Any]:
    return {
        "@id": address(row.day),
        "@type": "dcat:Distribution",
        "dct:title": {"@language": "en", "@value": f"The record on {row.day}"},
        "dct:issued": _moment(row.made_at),
        "dcat:accessURL": {"@id": f"{settings().base_url}/{LANGUAGES[0]}/data"},
        "dcat:downloadURL": {"@id": address(row.day)},
        "dcat:mediaType": {"@id": f"{MEDIA}application/zip"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(row.size)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": row.digest},
        },
        "dct:license": _licence(),
    }


def _licence() -> dict[str, Any]:
    return {
        "@id": f"{settings().base_url}/en/data#licence",
        "@type": "dct:LicenseDocument",
        "rdfs:label": {"@language": "en", "@value": export.LICENCE},
    }


def _words(message: str) -> list[dict[str, str]]:
    return [{"@language": language, "@value": say(language, message)} for language in LANGUAGES]


def _moment(at: Any) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": at.isoformat()}
