import json

import pytest

from relais.log import logger


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_is_one_line_of_json(capsys):
    logger().info("request", status=200, path="/fr/proposals")

    (line,) = lines(capsys)
    assert list(line) == ["at", "level", "event", "status", "path"]
    assert (line["level"], line["event"], line["status"], line["path"]) == ("info", "request", 200, "/fr/proposals")
    assert line["at"].endswith("Z")


@pytest.mark.parametrize(
    "hostile",
    ["a\r\nb", "\x1b[31mred", "\u202eright to left", "\u2028", "\x00", '"}\n{"event": "forged', "\ud800", "\x85", "’é"],
)
def test_no_hostile_word_starts_a_line_or_reaches_a_terminal(capsys, hostile):
    logger().warning("refused", title=hostile)

    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert written.rstrip("\n").isprintable()
    assert written.isascii()
    assert json.loads(written)["title"] == hostile


@pytest.mark.parametrize(
    ("slipped", "kept"),
    [
        ("no person at emil@relais.test, sorry", "no person at [address], sorry"),
        ("{'emil+x@relais.test': (550, b'no')}", "{'[address]': (550, b'no')}"),
        ("GET /fr/sign-in/abc_DEF-123?x", "GET /fr/sign-in/…?x"),
    ],
)
def test_addresses_and_tokens_are_blotted_out(capsys, slipped, kept):
    logger().info("x", said=slipped)

    assert [line["said"] for line in lines(capsys)] == [kept]


def test_an_error_is_told_by_its_place_and_its_first_line(capsys):
    def fail():
        raise ValueError("the first line of emil@relais.test\n[parameters: ('secret words',)]")

    try:
        fail()
    except ValueError:
        logger().exception("failed")

    (line,) = lines(capsys)
    assert (line["event"], line["error"]) == ("failed", "ValueError: the first line of [address]")
    assert line["where"][-1].endswith(" fail")
    assert "secret" not in json.dumps(line)


def test_what_is_blotted_out_of_a_long_line_takes_no_long_time(capsys):
    logger().info("x", said="a@" * 25_000)
    logger().info("x", said="a" * 50_000)

    assert len(lines(capsys)) == 2
