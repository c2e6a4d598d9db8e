"""The search page and its JSON: a plain address, in French and English, for whoever may see what is found."""

from sqlmodel import select

from models import Text
from models.proposal import Stage
from relais import search
from relais.db import reading
from tests.public_record import a_comment, a_proposal, a_source, a_theme, an_actor, an_entry, counted, moved
from tests.relais.searching import write
from tests.web.reading import read

HTMX = {"HX-Request": "true"}


def a_guichet(group, **facts):
    proposal = a_proposal("guichet", group, **facts)
    write(proposal, "fr", base=1, title="Guichet des communs", summary="Un résumé.", body="Des *communs* & des <b>ponts</b>.")
    return proposal


def hits(answer):
    return [(row.one("h3").words, row.one("a")["href"]) for row in read(answer).all("article", class_="hit")]


def marked(answer):
    return [mark.words for mark in read(answer).all("mark")]


def test_a_hit_says_what_it_is_where_it_is_and_the_words_around_what_was_found(visitor, public_affairs, editor):
    proposal = a_guichet(public_affairs)
    comment = a_comment(proposal, editor, "Oui aux **communs** !", public=True)
    an_entry("vote", proposal, on="2022-06-21", title_fr="Vote des communs", title_en="")
    a_source("rapport", title="Rapport sur les communs", publisher="SOGA", published="2022-06")
    an_actor("mednum", name_fr="La Commune", name_en="The Commune")

    answer = visitor.get("/fr/search?q=communs")

    assert hits(answer) == [
        ("Guichet des communs", "/fr/proposals/guichet"),
        ("Vote des communs", "/fr/proposals/guichet#timeline"),
        ("Rapport sur les communs", "/fr/sources/rapport"),
        ("La Commune", "/fr/actors/mednum"),
        ("Guichet des communs", f"/fr/proposals/guichet#c{comment.id}"),
    ]
    facts = [row.all("p")[-1].words for row in read(answer).all("article", class_="hit")]
    assert facts == [
        "Proposition · Publiée", "Événement · Vote · 21 juin 2022 · Guichet des communs", "Source · SOGA · juin 2022",
        "Acteur · Association",
        "Commentaire · 23 nov. 2026",
    ]  # fmt: skip
    assert read(answer).one(id="results-n").words == "5 résultats"


def test_what_was_found_is_marked_and_everything_else_escaped(visitor, public_affairs):
    proposal = a_guichet(public_affairs)
    write(proposal, "fr", base=2, title="<i>Communs</i>", summary="<script>communs</script>", body="`<b>` communs")

    answer = visitor.get("/fr/search?q=communs+%3Cscript%3E")

    assert "<i>" not in answer.text
    assert "<script>communs" not in answer.text
    assert marked(answer) == ["Communs", "script", "communs", "script"]
    assert 'value="communs &lt;script&gt;"' in answer.text


def test_a_text_in_the_other_language_is_told_as_such(visitor, public_affairs):
    proposal = a_guichet(public_affairs)
    write(proposal, "en", title="One-stop shop", body="A bridge.")

    both, other = visitor.get("/en/search?q=guichet"), visitor.get("/en/search?q=bridges")

    assert [read(one).one("article").one("a")["lang"] for one in (both, other)] == ["fr", None]
    assert hits(other) == [("One-stop shop", "/en/proposals/guichet")]


def test_facets_count_and_narrow_and_are_taken_away_again(visitor, public_affairs, editor):
    a_theme("commons")
    proposal = a_guichet(public_affairs, themes=["commons"])
    a_comment(proposal, editor, "Communs", public=True)
    write(a_proposal("autre", public_affairs), "en", title="Communs of ours")

    def facets(answer):
        return {nav["aria-labelledby"]: [link.words for link in nav.all("a")] for nav in read(answer).one("nav", class_="facet").all("ul")}

    whole, narrowed = visitor.get("/en/search?q=communs"), visitor.get("/en/search?q=communs&kind=comment&theme=commons")

    assert facets(whole) == {
        "facet-kind": ["Proposals 2", "Comments 1"], "facet-tongue": ["French 2", "English 1"],
    }  # fmt: skip
    assert facets(narrowed) == {"facet-kind": ["Proposals 1", "Comments 1"], "facet-theme": ["commons in English 1"]}
    chosen = [link["href"] for link in read(narrowed).all("a", **{"aria-current": "true"}) if link["href"].startswith("/en/search")]
    assert chosen[-2:] == ["/en/search?q=communs&theme=commons", "/en/search?q=communs&kind=comment"]
    assert [link.words for link in read(narrowed).one("ul", class_="chips").all("a")][-1] == "Clear all"
    assert len(hits(narrowed)) == 1
    assert "open" not in read(narrowed).one("details", class_="facets").attributes  # on a phone hits stand before filters


def test_a_number_says_whether_there_may_be_more_and_what_was_chosen_says_what_was_found(visitor, public_affairs, monkeypatch):
    oldest, *others = (a_proposal(slug, public_affairs) for slug in ("a", "b", "c", "d"))
    moved(oldest, Stage.BACKED)
    for proposal in (oldest, *others):
        write(proposal, "fr", base=1, title="Ponts")
    monkeypatch.setattr(search, "MOST", 2)

    page = read(visitor.get("/en/search?q=ponts&stage=backed"))
    told = visitor.get("/en/search.json?q=ponts&stage=backed").json()

    stages = page.one("nav", class_="facet").one("ul", **{"aria-labelledby": "facet-stage"})
    assert [link.words for link in stages.all("a")] == ["Published 2+", "Backed 1"]
    assert (told["facets"]["stage"], told["at_least"], told["total"]) == ({"published": 2, "backed": 1}, {"stage": ["published"]}, 1)


def test_nothing_typed_and_nothing_found_are_told_with_a_way_on(visitor, as_editor, public_affairs):
    a_guichet(public_affairs)

    empty, none, narrowed = (visitor.get(f"/en/search{query}") for query in ("", "?q=zebra", "?q=communs&kind=source"))

    assert read(empty).one(class_="empty").one("h2").words == "What are you looking for?"
    assert read(none).one(class_="empty").one("h3").words == "Nothing says “zebra”"
    assert "found by their members only" in none.text
    assert "found by their members only" not in as_editor.get("/en/search?q=zebra").text
    assert "open" in read(narrowed).one("details", class_="facets").attributes
    assert "Search everything" in [link.words for link in read(narrowed).one(class_="empty").all("a")]


def test_what_cannot_be_asked_for_is_left_out(visitor, public_affairs):
    a_guichet(public_affairs)

    for query in ("kind=person", "stage=%00", "theme=%00", "page=0", "page=-1", "page=99999", "page=x", "page=%D9%A3", "q2=x", "tongue=de"):
        assert len(hits(visitor.get(f"/en/search?q=communs&{query}"))) == 1, query


def test_long_and_hostile_questions_are_answered(visitor, public_affairs):
    a_guichet(public_affairs)

    for typed in ("a" * 6000, "%22" * 2000, "%00", "%F0%9F%98%80", "communs%27%20OR%201=1", "*", "(", "a+" * 2000):
        assert visitor.get(f"/fr/search?q={typed}").status_code == 200, typed[:20]


def test_hits_stand_on_pages_of_twenty(visitor, public_affairs):
    for number in range(21):
        a_source(f"s{number:02}", title="Les ponts")

    first, second = visitor.get("/en/search?q=ponts&kind=source"), visitor.get("/en/search?q=ponts&kind=source&page=2")

    assert [len(hits(page)) for page in (first, second)] == [20, 1]
    assert read(first).one("a", rel="next")["href"] == "/en/search?q=ponts&kind=source&page=2"


def test_members_find_what_their_group_keeps_and_nobody_else_does(visitor, as_observer, as_stranger, public_affairs, editor):
    proposal = a_guichet(public_affairs)
    a_comment(proposal, editor, "canari")
    an_entry("kept", proposal, title_fr="Un canari", public=False, group_id=public_affairs.id)

    assert [len(hits(one.get("/en/search?q=canari"))) for one in (visitor, as_stranger, as_observer)] == [0, 0, 2]
    assert [one.get("/en/search.json?q=canari").json()["total"] for one in (visitor, as_stranger, as_observer)] == [0, 0, 2]
    assert as_observer.get("/en/search?q=canari").text.count("Group only") == 2


def test_a_page_that_was_kept_for_visitors_is_not_after_a_change(visitor, public_affairs):
    before = visitor.get("/en/search?q=communs")
    a_guichet(public_affairs)

    assert (hits(before), len(hits(visitor.get("/en/search?q=communs")))) == ([], 1)


def test_htmx_gets_what_the_form_decides_and_no_more(visitor, public_affairs):
    a_guichet(public_affairs)

    answer = visitor.get("/fr/search?q=communs&kind=proposal", headers=HTMX)

    assert answer.text.lstrip().startswith("<div")
    assert read(answer).one("input", name="kind")["form"] == "searched"


def test_what_is_found_can_be_followed(visitor, public_affairs):
    a_guichet(public_affairs)

    page = read(visitor.get("/en/search?q=%22des+communs%22&stage=published"))

    topic = "found%2Fq%3D%2522des%2Bcommuns%2522%26stage%3Dpublished"
    assert f"/en/follow?topic={topic}" in [link["href"] for link in page.all("a")]
    assert visitor.get(f"/en/follow?topic={topic}").status_code == 200


def test_json_says_the_same_without_markup(visitor, public_affairs):
    a_guichet(public_affairs)

    answer = visitor.get("/fr/search.json?q=ponts")

    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.json() == {
        "query": "ponts", "narrowed": {}, "total": 1, "more": False, "page": 1, "pages": 1,
        "facets": {"kind": {"proposal": 1}, "tongue": {"fr": 1}, "stage": {"published": 1}, "theme": {}},
        "at_least": {},
        "results": [{
            "kind": "proposal", "url": "http://testserver/fr/proposals/guichet", "name": "Guichet des communs", "name_language": "fr",
            "excerpt": [
                {"text": "Des communs & des <b>", "marked": False}, {"text": "ponts", "marked": True}, {"text": "</b>.", "marked": False},
            ],
            "excerpt_language": "fr", "what": "published", "date": None, "proposal": None, "public": True,
        }],
    }  # fmt: skip


def test_the_page_asks_as_often_for_three_hits_as_for_one(engine, visitor, public_affairs):
    counts = []
    for number in range(3):
        write(a_proposal(f"p{number}", public_affairs), "fr", base=1, title="Ponts")
        with counted(engine) as said:
            visitor.get("/en/search?q=ponts")
        counts.append(len(said))

    with reading() as session:
        assert len(session.exec(select(Text.id)).all()) == 3
    assert counts[1:] == [counts[0]] * 2
    assert counts[0] < 16
