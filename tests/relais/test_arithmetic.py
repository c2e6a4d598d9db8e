"""The Council's arithmetic: whatever the states and their people, deciding and blocking are the two sides of one rule."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from models.actor import ActorKind
from models.position import Side, Stance
from relais.positions.arithmetic import Council, State, needed, reckon
from tests.public_record import CODES, PEOPLE

PEOPLE_OF_ONE = st.integers(1, 90_000_000)
COUNCILS = st.lists(PEOPLE_OF_ONE, min_size=15, max_size=30).map(lambda people: council(dict(enumerate(people))))


def council(people, known=True):
    return Council(tuple(State(key, f"s-{key}", "", {"en": "S"}, number) for key, number in people.items()), known)


def today():
    return Council(tuple(State(n, slug, CODES[slug], {"en": slug}, people * 1000) for n, (slug, people) in enumerate(PEOPLE.items())), True)


def ids(*slugs):
    return {n for n, slug in enumerate(PEOPLE) if slug in slugs}


@st.composite
def some_of(draw):
    whole = draw(COUNCILS)
    return whole, draw(st.sets(st.sampled_from([state.id for state in whole.states])))


@given(some_of())
def test_some_decide_exactly_when_the_others_do_not_block(given_states):
    whole, chosen = given_states
    others = {state.id for state in whole.states} - chosen

    assert whole.weigh(chosen).attained != whole.weigh(others).blocks


@given(some_of(), st.integers(0, 29))
def test_one_more_state_never_takes_a_majority_or_a_blocking_minority_away(given_states, place):
    whole, chosen = given_states
    more = chosen | {whole.states[place % len(whole.states)].id}

    assert whole.weigh(more).attained >= whole.weigh(chosen).attained
    assert whole.weigh(more).blocks >= whole.weigh(chosen).blocks
    assert whole.weigh(more).states_missing <= whole.weigh(chosen).states_missing
    assert whole.weigh(more).people_missing <= whole.weigh(chosen).people_missing


@given(some_of())
def test_what_is_missing_is_exactly_what_reaches_the_threshold(given_states):
    whole, chosen = given_states
    weight = whole.weigh(chosen)
    reached = weight.people + weight.people_missing

    assert reached * 100 >= 65 * weight.total
    assert not weight.people_missing or (reached - 1) * 100 < 65 * weight.total
    blocked = weight.people + weight.people_to_block
    assert blocked * 100 > 35 * weight.total
    assert not weight.people_to_block or (blocked - 1) * 100 <= 35 * weight.total
    assert (weight.permille >= 650) == (weight.people_missing == 0)


@given(st.integers(0, 60))
def test_fifty_five_per_cent_of_the_states_and_never_under_fifteen(members):
    assert needed(members) >= 15
    assert needed(members) * 100 >= 55 * members
    assert needed(members) == 15 or (needed(members) - 1) * 100 < 55 * members


@given(COUNCILS, st.data())
def test_every_state_is_on_one_side(whole, data):
    stances = {state.id: data.draw(st.sampled_from([None, *Stance])) for state in whole.states}
    rows = [a_row(key, stance) for key, stance in stances.items() if stance]

    found = reckon(whole, rows)

    sides = [found.supports.states, found.conditions.states, found.opposes.states, found.open, found.unknown]
    assert sum(sides) == len(whole.states)
    assert found.either.states == found.supports.states + found.conditions.states
    assert found.either.people == found.supports.people + found.conditions.people
    assert found.unknown == sum(stance is None for stance in stances.values())


def a_row(actor, stance, size=None, kind=ActorKind.MEMBER_STATE):
    return SimpleNamespace(actor_id=actor, stance=stance, size=size, kind=kind)


def test_the_council_of_27_decides_with_15_states_and_65_per_cent():
    largest, smallest = set(range(15)), set(range(12, 27))

    enough, few = today().weigh(largest), today().weigh(smallest)

    assert (enough.states, enough.of, enough.attained, enough.states_missing, enough.people_missing) == (15, 27, True, 0, 0)
    assert (few.states, few.attained, few.states_missing) == (15, False, 0)
    assert few.people_missing == -(-65 * few.total // 100) - few.people


def test_france_alone_lacks_14_states_and_224_million_people():
    weight = today().weigh(ids("france"))

    assert (weight.permille, weight.states_missing, round(weight.people_missing / 1_000_000)) == (152, 14, 224)


def test_three_large_states_do_not_block_and_a_fourth_small_one_does():
    three = today().weigh(ids("germany", "france", "italy"))
    four = today().weigh(ids("germany", "france", "italy", "malta"))

    assert (three.people_to_block, three.states_to_block, three.blocks) == (0, 1, False)
    assert (four.states_to_block, four.blocks) == (0, True)
    assert today().weigh(set(range(27)) - ids("germany", "france", "italy")).attained


def test_thirteen_states_block_whatever_their_people():
    smallest = today().weigh(set(range(14, 27)))

    assert (smallest.states, smallest.people_to_block > 0, smallest.blocks) == (13, True, True)


def test_without_the_figure_of_one_state_people_are_left_out():
    whole = council({n: (None if n == 3 else 1_000_000) for n in range(27)})
    weight = whole.weigh(set(range(20)))

    assert (weight.states, weight.people, weight.total, weight.permille, weight.attained) == (20, 0, 0, 0, False)
    assert whole.weigh(set(range(24))).attained  # fewer than four are left to block


def test_support_with_conditions_is_told_apart_and_collectives_are_not_weighed():
    rows = [
        a_row(0, Stance.INITIATED), a_row(1, Stance.SUPPORTS_WITH_RESERVATIONS), a_row(2, Stance.OPPOSES), a_row(3, Stance.TOOK_PART),
        a_row(90, Stance.SUPPORTS, size=19, kind=ActorKind.COMMUNITY), a_row(91, Stance.OPPOSES, size=4, kind=ActorKind.COMMUNITY),
        a_row(92, Stance.SUPPORTS, kind=ActorKind.ASSOCIATION),
    ]  # fmt: skip

    found = reckon(today(), rows)

    weights = (found.supports, found.conditions, found.either, found.opposes)
    assert [weight.states for weight in weights] == [1, 1, 2, 1]
    assert (found.open, found.unknown, found.unnamed, found.told) == (1, 23, (19,), True)


def test_nothing_is_reckoned_where_the_members_are_not_known():
    assert reckon(council({1: 5}, known=False), [a_row(1, Stance.SUPPORTS)]) is None


def test_a_stance_is_on_one_side():
    assert {stance: stance.side for stance in Stance} == {
        Stance.INITIATED: Side.SUPPORTS,
        Stance.SUPPORTS: Side.SUPPORTS,
        Stance.SUPPORTS_WITH_RESERVATIONS: Side.CONDITIONS,
        Stance.TOOK_PART: Side.OPEN,
        Stance.NEUTRAL: Side.OPEN,
        Stance.ABSENT: Side.OPEN,
        Stance.OPPOSES: Side.OPPOSES,
    }
