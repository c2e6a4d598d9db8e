"""Tables of Decidim and of Consul: proposals, and comments on them."""

import pytest

from models.imports import Kind
from relais.errors import Invalid
from relais.imports import platforms
from relais.imports.forms import FORMS
from relais.imports.rows import How, Refusal, Row

DECIDIM = (
    "\ufeffid;title/fr;title/es;body/fr;body/es;body/machine_translations/de;published_at;url;reference;state;author/name;comments;"
    "category/name/fr\n"
    '12;Des biens communs;Bienes comunes;"<p>Qu&rsquo;ils restent <strong>ouverts</strong>.</p>";<p>Abiertos.</p>;Offen;'
    "2021-05-09 10:00:00 UTC;https://decidim.example/processes/a/f/1/proposals/12;D-12;accepted;Camille;999;Numérique\n"
    "13;Une autre;;;;;2021-06-01;;;withdrawn;;0;\n"
)
COMMENTS = """id,created_at,body,locale,author/id,author/name,alignment,depth,commentable_id,commentable_type,root_commentable_url
1,2021-05-10T08:00:00Z,D’accord,fr,5,Alix,1,0,12,Decidim::Proposals::Proposal,https://decidim.example/p/a/f/1/proposals/12
2,2021-05-11,Moi non,fr,6,Lou,-1,1,1,Decidim::Comments::Comment,https://decidim.example/p/a/f/1/proposals/12
3,2021-05-12,Orpheline,fr,6,Lou,0,2,77,Decidim::Comments::Comment,https://decidim.example/p/a/f/1/proposals/12?commentId=3
4,2021-05-12,Une réunion,fr,6,Lou,0,0,5,Decidim::Meetings::Meeting,https://decidim.example/p/a/f/2/meetings/5
"""
CONSUL = """id,url,code,title,userId,date,summary,text,numComments,status,numSupports,isAssociation
7,/proposals/7-x,MAD-7,Calles limpias,p_1,2015-09-15,Como limpiar.,,188,archived,6560,0
"""
CONSUL_COMMENTS = """id,parentId,proposalId,page,userId,date,time,text,numVotes
1,-1,7,1,p_1,2015-09-15,0 days 10:50:19,"Con coma, y
dos líneas",0
2,1,7,1,p_2,2015-09-15,0 days 10:51:00,,0
3,2,7,1,p_2,2015-09-16,0 days 10:51:00,Huérfano,0
"""


def read(table: str, language: str = "fr") -> list[Row | Refusal]:
    found = list(platforms.read(table.encode(), How(language=language)))
    for row in found:
        if isinstance(row, Row):
            FORMS[row.kind].model_validate(dict(row.values))
    return found


def test_a_proposal_of_decidim_comes_in_its_languages() -> None:
    taken, withdrawn = read(DECIDIM)

    assert taken == Row(
        Kind.PROPOSAL,
        "12",
        "2",
        {
            "title": "Des biens communs",
            "summary": "",
            "body": "Qu’ils restent **ouverts**.\n\n*Numérique · Camille · D-12*",
            "language": "fr",
            "stage": "published",
            "on": "2021-05-09",
            "translations": {"es": {"title": "Bienes comunes", "summary": "", "body": "Abiertos."}},
            "citations": [
                {
                    "source_url": "https://decidim.example/processes/a/f/1/proposals/12",
                    "source_title": "Des biens communs",
                    "source_language": "fr",
                }
            ],
        },
    )
    assert withdrawn == Refusal("3", "It was withdrawn where it comes from")


def test_a_file_in_another_language_than_said_is_in_its_own() -> None:
    assert [row.values["language"] for row in read(DECIDIM, "en") if isinstance(row, Row)] == ["fr"]


def test_comments_of_decidim_find_their_thread_and_their_proposal() -> None:
    found = read(COMMENTS)

    assert [(row.external_id, row.values["proposal"], row.values.get("parent")) for row in found if isinstance(row, Row)] == [
        ("1", "12", None), ("2", "12", "1"), ("3", "12", None),
    ]  # fmt: skip
    assert [row.values["body"] for row in found if isinstance(row, Row)] == [
        "**Pour.** D’accord",
        "**Contre.** Moi non",
        "*En réponse à un commentaire qui n’est pas ici (77)\xa0:*\n\nOrpheline",
    ]
    assert [row for row in found if isinstance(row, Refusal)] == [
        Refusal("5", "It is about something else than a proposal: %(what)s", "commentable_type", {"what": "Decidim::Meetings::Meeting"})
    ]


def test_a_proposal_of_consul_keeps_its_code_and_leaves_its_counts() -> None:
    (row,) = read(CONSUL, "es")

    assert isinstance(row, Row)
    assert row.values == {
        "title": "Calles limpias",
        "summary": "Como limpiar.",
        "body": "*p\\_1 · MAD-7*",
        "language": "es",
        "stage": "published",
        "on": "2015-09-15",
    }


def test_comments_of_consul() -> None:
    found = read(CONSUL_COMMENTS, "es")

    assert [row.values["body"] for row in found if isinstance(row, Row)] == [
        "Con coma, y\\\ndos líneas",
        "*In answer to a comment that is not here (2):*\n\nHuérfano",
    ]
    assert [row.where for row in found if isinstance(row, Refusal)] == ["4"]


@pytest.mark.parametrize("table", ["", "a,b\n1,2\n", "id,name\n1,2\n"])
def test_another_table_is_none(table: str) -> None:
    with pytest.raises(Invalid):
        read(table)
