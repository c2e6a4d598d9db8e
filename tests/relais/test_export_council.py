"""What the export says of the Council: the figures of the people, and what they come to on each proposal."""

from datetime import date

from tests.exported import exported, exported_one
from tests.public_record import PEOPLE, a_position, a_proposal, a_source, an_actor, counted, the_people, the_states

TOTAL = sum(PEOPLE.values()) * 1000


def test_the_figures_are_told_by_state_and_year_with_their_source(engine):
    the_states()
    the_people(2023)
    the_people(2024)

    told = exported()["populations"]

    assert [one["year"] for one in told] == [2023] * 27 + [2024] * 27
    assert told[1] == {"state": "france", "year": 2023, "people": 68_402_000, "source": "figures-2023"}


def test_a_proposal_says_how_far_its_backers_are_from_a_majority(engine, public_affairs):
    the_states()
    the_people()
    a_source("council-qualified-majority")
    an_actor("nineteen", kind="community", size=19)
    proposal = a_proposal("guichet", public_affairs)
    a_position(proposal, "france", "initiated", on="2022-02-07")
    a_position(proposal, "spain", "supports_with_reservations", on="2022-02-07")
    a_position(proposal, "malta", "opposes", on="2022-02-07")
    a_position(proposal, "italy", "took_part", on="2022-02-07")
    a_position(proposal, "nineteen", "supports", on="2022-02-07")

    document = exported_one("guichet")

    told = document["proposal"]["council"]
    supports = {"states": 1, "people": 68_402_000, "permille": 152, "states_missing": 14, "reached": False}
    assert told["supports"] == supports | {"people_missing": -(-65 * TOTAL // 100) - 68_402_000}
    assert (told["with_conditions_too"]["states"], told["with_conditions_too"]["permille"]) == (2, 260)
    assert (told["opposes"]["states_missing"], told["opposes"]["reached"]) == (3, False)
    assert told["opposes"]["people_missing"] == 35 * TOTAL // 100 + 1 - 563_000
    rest = ("members", "people", "year", "figures", "rule", "open", "unknown", "unnamed")
    assert [told[name] for name in rest] == [27, TOTAL, 2024, "figures-2024", "council-qualified-majority", 1, 23, [19]]
    assert {"figures-2024", "council-qualified-majority"} <= {source["slug"] for source in document["sources"]}


def test_people_are_null_where_no_figures_are_at_hand_for_the_year(engine, public_affairs):
    the_states()
    the_people(2024)
    a_position(a_proposal("guichet", public_affairs), "france", on="2022-07-07")

    [then] = exported(as_of=date(2023, 1, 1))["proposals"]
    [now] = exported()["proposals"]

    told = then["council"]
    assert [told[name] for name in ("people", "year", "figures")] == [None, None, None]
    assert [told["supports"][name] for name in ("people", "permille", "people_missing", "states_missing")] == [None, None, None, 14]
    assert (now["council"]["year"], now["council"]["supports"]["permille"]) == (2024, 152)


def test_there_is_nothing_to_weigh_without_a_named_state_for_a_national_ask_or_before_the_members_are_known(engine, public_affairs):
    the_states()
    an_actor("mednum")
    unnamed, national = a_proposal("unnamed", public_affairs), a_proposal("national", public_affairs, level="national")
    early = a_proposal("early", public_affairs, on="2019-01-01")
    a_position(unnamed, "mednum")
    a_position(national, "france", on="2022-02-07")
    a_position(early, "france", on="2019-02-07")

    assert [one["council"] is None for one in exported()["proposals"]] == [True, True, False]
    assert [one["council"] for one in exported(as_of=date(2019, 6, 1))["proposals"]] == [None]


def test_a_group_only_position_is_not_weighed_for_visitors(engine, public_affairs):
    the_states()
    proposal = a_proposal("guichet", public_affairs)
    a_position(proposal, "france", on="2022-02-07")
    a_position(proposal, "malta", "opposes", on="2022-02-07", public=False)

    [shown] = exported()["proposals"]

    assert (shown["council"]["opposes"]["states"], shown["council"]["unknown"]) == (0, 26)


def test_it_asks_as_often_for_three_proposals_as_for_one(engine, public_affairs):
    the_states()
    the_people()

    def asked(slug):
        a_position(a_proposal(slug, public_affairs), "france", on="2022-02-07")
        with counted(engine) as statements:
            exported()
        return len(statements)

    first, *rest = (asked(slug) for slug in ("a", "b", "c"))

    assert rest == [first, first]
