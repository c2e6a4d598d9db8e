"""What a program keeps for its holder: saved reports and followed searches; and the addresses of one leg, one theme, one source."""

from sqlmodel import col, select

from models import Report, SavedSearch
from relais.db import reading
from tests.api.conftest import caller, with_token
from tests.asks import a_calendar, a_leg
from tests.public_record import a_position, a_proposal, a_source, a_theme, an_actor


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def test_a_report_is_saved_changed_over_what_was_seen_and_taken_off(api, editor, stranger):
    holder = with_token(editor)
    told = holder.post("reports", json={"name": "Commons", "selection": {"theme": ["commons"], "as_of": "2026-06-30"}})
    mine = told.json()

    assert (told.status_code, mine["query"], mine["url"]) == (
        201, "theme=commons&as_of=2026-06-30", "http://testserver/en/reports?theme=commons&as_of=2026-06-30",
    )  # fmt: skip
    seen = holder.get(f"reports/{mine['id']}")
    body = {"name": "Commons of 2026", "selection": {"group": ["x"], "part": ["stages"]}}
    changed = holder.put(f"reports/{mine['id']}", json=body, headers={"If-Match": seen.headers["ETag"]})
    late = holder.put(f"reports/{mine['id']}", json=body, headers={"If-Match": seen.headers["ETag"]})
    assert (changed.json()["query"], changed.json()["version"], late.status_code) == ("group=x&part=stages", 2, 412)
    assert holder.put(f"reports/{mine['id']}", json=body).status_code == 428
    assert [one.get("reports").json()["items"] for one in (api, with_token(stranger))] == [[], []]
    assert holder.get("reports").json()["items"] == [changed.json()]
    assert holder.delete(f"reports/{mine['id']}", headers={"If-Match": '"2"'}).status_code == 204
    assert (holder.get("reports").json()["items"], rows(Report)[0].removed_at is None) == ([], False)


def test_a_report_that_was_taken_off_is_put_back(editor, stranger):
    holder = with_token(editor)
    mine = holder.post("reports", json={"name": "Commons", "selection": {"theme": ["commons"]}}).json()
    where = f"reports/{mine['id']}/restorations"
    assert holder.post(where, headers={"If-Match": '"1"'}).status_code == 404

    gone = holder.delete(f"reports/{mine['id']}", headers={"If-Match": '"1"'})
    tag = {"If-Match": gone.headers["ETag"]}

    assert [with_token(stranger).post(where, headers=tag).status_code, holder.post(where).status_code] == [404, 428]
    assert holder.post(where, headers={"If-Match": '"1"'}).status_code == 412
    back = holder.post(where, headers=tag)
    assert (back.status_code, back.json(), holder.get("reports").json()["items"]) == (201, mine | {"version": 3}, [back.json()])


def test_a_report_of_a_group_that_is_public_is_read_by_anybody(api, editor):
    body = {"name": "Ours", "group": "european-public-affairs", "public": True}
    key = with_token(editor).post("reports", json=body).json()["id"]

    assert (api.get(f"reports/{key}").json()["group"], api.get("reports").json()["items"][0]["name"]) == ("european-public-affairs", "Ours")


def test_a_wrong_selection_is_named(editor):
    holder = with_token(editor)

    for selection, field in (({"part": ["secrets"]}, "selection.part.0"), ({"nothing": 1}, "selection.nothing")):
        answer = holder.post("reports", json={"name": "X", "selection": selection})
        assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, field)


def test_searches_are_followed_once_and_left(api, editor, stranger):
    holder = with_token(editor)
    first, again = (holder.post("searches", json={"query": query}).json() for query in ("q=zebres&page=2", "?q=zebres"))

    assert (first, first["query"], first["url"]) == (again, "q=zebres", "http://testserver/en/search?q=zebres")
    assert (holder.get("searches").json()["items"], api.get("searches").status_code) == ([first], 401)
    assert with_token(stranger).delete(f"searches/{first['id']}").status_code == 404
    assert (holder.delete(f"searches/{first['id']}").status_code, rows(SavedSearch)) == (204, [])


def test_a_leg_a_theme_and_a_source_have_an_address(api, public_affairs, editor):
    a_calendar()
    a_theme("commons")
    a_source("minutes")
    a_leg(a_proposal("guichet", public_affairs), editor, "2026-ie")
    holder = with_token(editor)
    (leg,) = holder.get("legs").json()["items"]

    assert (leg["proposal"], holder.get("proposals/guichet/legs/2026-ie").json()) == ("guichet", leg)
    kept = "proposals/guichet/legs/2026-ie"  # for the group
    assert [api.get(path).status_code for path in (kept, "proposals/guichet/legs/2022-fr", "proposals/x/legs/2026-ie", "themes/x")] == [
        404
    ] * 4
    assert api.get("themes/commons").json() == api.get("themes").json()["items"][0]
    seen = api.get("sources/minutes").headers["ETag"]
    changed = holder.put("sources/minutes", json={"title": "The minutes", "language": "fr"}, headers={"If-Match": seen})
    assert (changed.json()["title"], changed.headers["ETag"]) == ("The minutes", '"2"')
    assert api.get("sources/minutes").headers["ETag"].startswith('"2-')


def test_what_was_surely_so_by_a_day(api, public_affairs):
    guichet = a_proposal("guichet", public_affairs)
    an_actor("april")
    first = a_position(guichet, "april", on="2022-03", stance="neutral")
    second = a_position(guichet, "april", on="2023-01-01")

    def told(query):
        return [(one["id"], one["current"]) for one in api.get(f"positions?{query}").json()["items"]]

    assert told("as_of=2022-03-30") == []
    assert told("as_of=2022-03-31") == [(first.id, True)]
    assert told("") == told("as_of=2999-01-01") == [(first.id, False), (second.id, True)]


def test_who_may_not_write_is_told_so_before_what_they_sent_is_read(api, editor):
    for body in ("{", "[1", "", '"x"'):
        asked = {"content": body, "headers": {"Content-Type": "application/json"}}
        answers = [one.post("sources", **asked).status_code for one in (api, caller("relais_nothing"), with_token(editor, "read"))]
        assert answers == [401, 401, 403]
    assert with_token(editor).post("sources", content="{", headers={"Content-Type": "application/json"}).status_code == 422
