"""Open data at the HTML door: listed, taken away whole, and described for programs."""

import json
from hashlib import sha256

import pytest

from relais import dumps
from relais.gate import POLICY
from relais.settings import settings
from tests.days import NOW, TODAY
from tests.public_record import a_proposal
from tests.web.reading import read

FILE = f"/data/relais-{TODAY}.zip"


@pytest.fixture
def dump(engine, house, public_affairs):
    a_proposal("guichet", public_affairs)
    dumps.make(engine, NOW, TODAY)
    return (dumps.folder() / dumps.name(TODAY)).read_bytes()


def test_the_page_lists_it_with_its_checksum_and_the_file_is_that(visitor, dump):
    page = read(visitor.get("/en/data"))

    row = page.one("table").one("tbody").one("tr")
    assert (row.one("a")["href"], row.one("code").words) == (FILE, sha256(dump).hexdigest())
    answer = visitor.get(FILE)
    assert (answer.content, answer.headers["Content-Type"], answer.headers["ETag"]) == (
        dump, "application/zip", f'"{sha256(dump).hexdigest()}"',
    )  # fmt: skip


def test_a_dump_made_since_is_on_the_page_at_once(visitor, engine, house, public_affairs):
    assert "No dump is made yet" in visitor.get("/en/data").text
    dumps.make(engine, NOW, TODAY)

    assert FILE in visitor.get("/en/data").text


@pytest.mark.parametrize("path", ["/data/relais-2001-01-01.zip", "/data/relais-today.zip", "/data/relais-..%2F..%2Fsecret.zip"])
def test_no_such_dump(visitor, dump, path):
    assert visitor.get(path).status_code == 404


def test_the_catalogue_has_the_shape_of_dcat_ap(visitor, dump):
    answer = visitor.get("/data/catalog.jsonld")
    told = answer.json()

    assert answer.headers["Content-Type"] == "application/ld+json"
    (dataset,) = told["dcat:dataset"]
    assert (told["@type"], dataset["@type"]) == ("dcat:Catalog", "dcat:Dataset")
    for what in (told, dataset):  # what DCAT-AP wants of both
        assert {one["@language"] for one in what["dct:title"]} == {one["@language"] for one in what["dct:description"]} == {"fr", "en"}
        assert what["dct:publisher"]["@type"] == "foaf:Agent"
    assert dataset["dct:accrualPeriodicity"]["@id"].endswith("/frequency/DAILY")
    live, file = dataset["dcat:distribution"]
    for one in (live, file):
        assert (one["@type"], one["dct:license"]["@type"]) == ("dcat:Distribution", "dct:LicenseDocument")
        assert {"dcat:accessURL", "dcat:downloadURL", "dcat:mediaType"} <= set(one)
    assert file["dcat:downloadURL"]["@id"] == settings().base_url + FILE
    assert file["dcat:byteSize"]["@value"] == str(len(dump))
    assert file["spdx:checksum"]["spdx:checksumValue"]["@value"] == sha256(dump).hexdigest()
    assert {name.split(":")[0] for name in _names(told)} <= {*told["@context"], "@id", "@type", "@context", "@language", "@value"}


def _names(value):
    """The names of all members but those of the context."""
    if isinstance(value, dict):
        return {*value, *(name for key, one in value.items() if key != "@context" for name in _names(one))}
    return {name for one in value for name in _names(one)} if isinstance(value, list) else set()


def test_the_page_holds_a_block_of_data_that_the_policy_runs_nothing_of(visitor, dump):
    answer = visitor.get("/en/data")

    block = answer.text.split('<script type="application/ld+json">')[1].split("</script>")[0]
    told = json.loads(block)
    assert (told["@type"], told["distribution"][1]["sha256"]) == ("Dataset", sha256(dump).hexdigest())
    assert "unsafe" not in POLICY
    assert any(link["href"].endswith("/data/catalog.jsonld") for link in read(answer).all("link", rel="alternate"))


def test_a_public_proposal_says_what_it_is_and_a_private_one_does_not(visitor, as_editor, public_affairs):
    a_proposal("guichet", public_affairs)
    a_proposal("quiet", public_affairs, public=False)

    told = json.loads(visitor.get("/en/proposals/guichet").text.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (told["@type"], told["name"], told["inLanguage"]) == ("CreativeWork", "Titre de guichet", "fr")
    assert told["url"] == f"{settings().base_url}/en/proposals/guichet"
    assert '<script type="application/ld+json">' not in as_editor.get("/en/proposals/quiet").text
