"""What is kept is bounded in number and in bytes, and the longest unused goes first."""

from dataclasses import dataclass

from web.shelf import Shelf


@dataclass
class Thing:
    size: int


def test_only_so_many_are_kept_and_the_longest_unused_goes():
    shelf = Shelf(most=2, most_bytes=100, largest=50)
    first, second, third = Thing(1), Thing(1), Thing(1)
    shelf.put("first", first)
    shelf.put("second", second)
    shelf.get("first")
    shelf.put("third", third)

    assert [shelf.get(name) for name in ("first", "second", "third")] == [first, None, third]


def test_only_so_many_bytes_are_kept():
    shelf = Shelf(most=10, most_bytes=100, largest=50)
    for name in ("first", "second", "third"):
        shelf.put(name, Thing(40))

    assert [shelf.get(name) is None for name in ("first", "second", "third")] == [True, False, False]


def test_a_new_one_takes_the_place_of_the_old_and_of_its_bytes():
    shelf = Shelf(most=10, most_bytes=100, largest=50)
    for size in (50, 50, 50, 10):
        shelf.put("one", Thing(size))
    shelf.put("other", Thing(50))

    assert [shelf.get(name) for name in ("one", "other")] == [Thing(10), Thing(50)]


def test_what_is_too_large_is_not_kept_nor_what_it_would_replace():
    shelf = Shelf(most=10, most_bytes=100, largest=50)
    shelf.put("one", Thing(10))
    shelf.put("one", Thing(51))

    assert shelf.get("one") is None
