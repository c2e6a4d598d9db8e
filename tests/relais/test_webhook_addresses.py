"""Where a webhook may lead, however it is written, and that what was checked is what is called."""

import socket
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook as Verifier

from relais.errors import Invalid
from relais.settings import settings
from relais.webhooks import addresses, sending, signing
from relais.webhooks.addresses import NO_ADDRESS, NO_PORT, NOT_FOUND, NOT_PUBLIC, Target
from tests.relais.receiver import receiving

SALTS = ("a" * 64,)
BODY = '{"type":"webhook.test","é":"“”"}'.encode()


def names(monkeypatch, *answers):
    """A resolver that gives these addresses, one list for each time it is asked; gives the list of what it was asked for."""
    asked, waiting = [], list(answers)

    def resolve(host, port, **_):
        asked.append(host)
        ips = waiting.pop(0) if waiting else []
        if not ips:
            raise socket.gaierror
        return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", resolve)
    return asked


def refused(url):
    with pytest.raises(Invalid) as wrong:
        addresses.reachable(url)
    return wrong.value.message, wrong.value.field


def called(url):
    return sending.send(url, SALTS, "msg_1", BODY, datetime.now(UTC))


@pytest.fixture
def ours(house):
    """Relais may call this machine itself."""
    house.setenv("RELAIS_WEBHOOK_NETWORKS", "127.0.0.0/8, ::1/128")
    settings.cache_clear()


# --- refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[::1]", "[::]",
        "[fe80::1]", "[fc00::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]",
        "[::127.0.0.1]", "[ff02::1]", "[2001:db8::1]", "[fec0::1]",
    ],
)  # fmt: skip
def test_no_machine_of_ours_however_it_is_written(house, host):
    assert refused(f"https://{host}/hook") in {(NOT_PUBLIC, "url"), (NOT_FOUND, "url")}


@pytest.mark.parametrize("ip", ["::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "2001:0:808:808::1"])
def test_no_address_that_leads_on_to_another_even_a_public_one(house, monkeypatch, ip):
    names(monkeypatch, [ip])

    assert refused("https://hooks.example.org/") == (NOT_PUBLIC, "url")


def test_a_name_with_one_address_that_is_not_public_is_refused(house, monkeypatch):
    names(monkeypatch, ["93.184.216.34", "10.0.0.1"], [])

    assert [refused("https://hooks.example.org/") for _ in range(2)] == [(NOT_PUBLIC, "url"), (NOT_FOUND, "url")]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://hooks.example.org/", NO_ADDRESS), ("ftp://hooks.example.org/", NO_ADDRESS), ("https://", NO_ADDRESS),
        ("hooks.example.org", NO_ADDRESS), ("https://user@hooks.example.org/", NO_ADDRESS), ("https://a:b@hooks.example.org/", NO_ADDRESS),
        ("https://hooks.example.org/#here", NO_ADDRESS), ("https://hooks.example.org:99999/", NO_ADDRESS), ("https://[::1/", NO_ADDRESS),
        ("https://hooks.example.org\\@10.0.0.1/", NO_ADDRESS), ("https://hooks.example.org/a b", NO_ADDRESS),
        ("https://hooks.example.org:22/", NO_PORT), ("https://hooks.example.org:8080/", NO_PORT),
    ],
)  # fmt: skip
def test_what_is_no_address_to_call(house, monkeypatch, url, why):
    names(monkeypatch, ["93.184.216.34"])

    assert refused(url) == (why, "url")


@pytest.mark.parametrize("url", ["https://hooks.example.org/x", "https://HOOKS.example.org:8443/x?y=1"])
def test_a_public_one_is_taken_with_the_address_to_connect_to(house, monkeypatch, url):
    names(monkeypatch, ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])

    assert addresses.reachable(url) == Target("hooks.example.org", 8443 if "8443" in url else 443, "93.184.216.34")


def test_a_name_that_leads_elsewhere_by_the_time_of_the_call_is_not_called(house, monkeypatch):
    names(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    addresses.reachable("https://hooks.example.org/")
    connected = []
    monkeypatch.setattr(socket.socket, "connect", lambda *given: connected.append(given))

    assert (called("https://hooks.example.org/").why, connected) == (NOT_PUBLIC, [])


# --- called ----------------------------------------------------------------------------------------------------------


def test_the_bytes_that_are_signed_are_the_bytes_that_arrive(ours):
    with receiving() as receiver:
        answer = called(receiver.url)

    ((path, headers, body),) = receiver.calls
    assert (answer.status, path, body, headers["content-type"]) == (204, "/hook?from=relais", BODY, "application/json")
    assert Verifier(signing.secret(SALTS[0])).verify(body, headers) == {"type": "webhook.test", "é": "“”"}
    assert (headers["host"], "cookie" in headers) == (f"127.0.0.1:{receiver.port}", False)


def test_the_name_is_resolved_once_and_goes_with_the_call(ours, monkeypatch):
    with receiving() as receiver:
        asked = names(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
        answer = called(f"http://hooks.example.org:{receiver.port}/hook")

    assert (answer.status, asked, receiver.calls[0][1]["host"]) == (204, ["hooks.example.org"], f"hooks.example.org:{receiver.port}")


def test_a_redirect_is_an_answer_and_is_not_followed(ours):
    with receiving() as other, receiving((302, {"location": other.url})) as receiver:
        answer = called(receiver.url)

    assert (answer.status, answer.taken, other.calls) == (302, False, [])


def test_a_receiver_that_dribbles_its_answer_is_left(ours, monkeypatch):
    monkeypatch.setattr(sending, "SECONDS", 0.6)

    def dribble(handler):
        for sign in b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 100:
            handler.wfile.write(bytes([sign]))
            handler.wfile.flush()
            time.sleep(0.1)

    with receiving(dribble, 3.0) as receiver:
        answers = [called(receiver.url) for _ in range(2)]

    assert [(answer.status, answer.why, answer.ms < 2500) for answer in answers] == [(None, sending.NO_ANSWER, True)] * 2


def test_no_more_than_64_kb_of_an_answer_are_read(ours):
    sent = []

    def pour(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
        with suppress(OSError):
            sent.extend(handler.wfile.write(b"x" * 100_000) for _ in range(1000))

    with receiving(pour) as receiver:
        assert called(receiver.url).status == 200
    assert sum(sent) < 20_000_000


def test_nobody_there_is_told_and_nothing_is_raised(ours):
    with receiving() as receiver:
        url = receiver.url

    answer = called(url)
    assert (answer.status, bool(answer.why)) == (None, True)


def test_a_busy_receiver_says_for_how_long(ours):
    with receiving(
        (429, {"retry-after": "120"}), (503, {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}), (500, {"retry-after": "9"})
    ) as one:
        assert [called(one.url).again for _ in range(3)] == [120, None, None]
