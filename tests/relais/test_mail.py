import shutil
import socket
import stat
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from relais import mail
from relais.mail import Letter, NotPosted
from relais.settings import settings
from tests.days import NOW
from tests.relais.mail_server import Scripted, certificate, free_port, mail_server

LETTER = Letter("emil@relais.test", "Votre lien, déjà", "Ouvrez cette adresse.\n", "<p>Ouvrez cette adresse.</p>\n")
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="certificates for this scene are made with openssl")


@pytest.fixture(autouse=True)
def sender(house):
    house.setenv("RELAIS_MAIL_FROM", "Relais <relais@soga.example>")
    return house


def through(house, address):
    house.setenv("RELAIS_SMTP_URL", address)
    settings.cache_clear()


def as_read(letter):
    """The letter as another program reads it."""
    return message_from_bytes(mail.message_of(letter, NOW).as_bytes(), _class=EmailMessage, policy=policy.default)


def kept():
    return sorted(path for path in mail.folder().iterdir())


# --- what a letter is ------------------------------------------------------------------------------------------------


def test_a_letter_has_the_headers_that_bring_it_home():
    read = as_read(LETTER)

    assert (read["From"], read["To"], read["Subject"]) == ("Relais <relais@soga.example>", "emil@relais.test", "Votre lien, déjà")
    assert read["Date"].datetime == NOW
    assert read["Message-ID"].endswith("@soga.example>")
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["MIME-Version"] == "1.0"


def test_a_letter_says_the_same_in_text_and_in_html():
    read = as_read(LETTER)

    assert read.get_content_type() == "multipart/alternative"
    assert [(part.get_content_type(), part.get_content().replace("\r\n", "\n")) for part in read.iter_parts()] == [
        ("text/plain", LETTER.text),
        ("text/html", LETTER.html),
    ]


def test_two_letters_never_share_an_id():
    assert as_read(LETTER)["Message-ID"] != as_read(LETTER)["Message-ID"]


@example("Hello\r\nBcc: eva@relais.test")
@example("Hello\n\nBcc: eva@relais.test")
@example("Hello\rBcc: eva@relais.test\x85\u2028x")
@example("=?utf-8?q?=0D=0ABcc:_eva@relais.test?=")
@example("é =?UTF-8?B?DQpCY2M6IGV2YUByZWxhaXMudGVzdA==?= é")
@example("==?utf-8?q?=0ABcc:_eva@relais.test?=")
@trials(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_subject_makes_a_header_of_its_own_or_a_line_too_long(subject):
    message = mail.message_of(Letter("emil@relais.test", subject, subject, subject), NOW)
    head, _, _ = message.as_bytes().partition(b"\r\n\r\n")

    read = message_from_bytes(message.as_bytes(), _class=EmailMessage, policy=policy.default)
    assert sorted(read.keys()) == sorted(["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"])
    assert max(len(line) for line in message.as_bytes().split(b"\r\n")) <= 998
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert message.as_bytes().isascii()


@pytest.mark.parametrize("to", ["emil@relais.test\r\nBcc: eva@relais.test", "emil@relais.test, eva@relais.test", "emil@relais.test\n"])
def test_a_letter_goes_to_one_address(to):
    with pytest.raises(ValueError):  # noqa: PT011  the library's own refusal
        mail.message_of(Letter(to, "x", "x", "x"), NOW)


# --- written from templates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "It works once, for 30 minutes."), ("fr", "Il sert une seule fois, pendant 30 minutes.")],
)
def test_a_letter_is_written_in_the_language_of_its_reader(language, sentence):
    link = "http://testserver/en/sign-in/abc"
    letter = mail.write("sign_in", to="emil@relais.test", language=language, subject="S", link=link, minutes=30)

    assert (sentence in letter.text, sentence in letter.html) == (True, True)
    assert (letter.text.count(link), letter.html.count(f'href="{link}"')) == (1, 2)
    assert f'<html lang="{language}">' in letter.html


def test_a_letter_shows_markup_as_it_was_typed():
    letter = mail.write("sign_in", to="emil@relais.test", language="en", subject="<b>&", link="http://x/<script>", minutes=30)

    assert "<script>" in letter.text
    assert ("<script>" in letter.html, "<b>" in letter.html) == (False, False)


# --- without a mail server -------------------------------------------------------------------------------------------


def test_without_a_mail_server_a_letter_is_a_file_for_its_owner_only():
    mail.post(LETTER, NOW)

    (file,) = kept()
    assert file.name.startswith("20261123T100000-")
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=policy.default)["To"] == "emil@relais.test"


def test_letters_of_one_second_are_files_of_their_own():
    for _ in range(3):
        mail.post(LETTER, NOW)

    assert len(kept()) == 3


# --- through a mail server -------------------------------------------------------------------------------------------


def test_a_mail_server_takes_the_letter_and_no_file_is_kept(sender):
    server = Scripted()
    with mail_server(server) as port:
        through(sender, f"smtp://127.0.0.1:{port}")
        mail.post(LETTER, NOW)

    assert [(read["To"], read["Subject"], read.get_body(("plain",)).get_content()) for read in server.taken] == [
        ("emil@relais.test", "Votre lien, déjà", "Ouvrez cette adresse.\r\n")
    ]
    assert not mail.folder().exists()


@pytest.mark.parametrize(
    ("script", "again"),
    [
        ({"recipient": ("451 greylisted",)}, True),
        ({"recipient": ("550 no such person",)}, False),
        ({"letter": ("452 full",)}, True),
        ({"letter": ("554 unwanted",)}, False),
        ({"letter": ("421 closing",)}, True),
    ],
)
def test_a_refusal_says_whether_to_try_again_and_names_nobody(sender, script, again):
    with mail_server(Scripted(**script)) as port:
        through(sender, f"smtp://127.0.0.1:{port}")
        with pytest.raises(NotPosted) as refused:
            mail.post(LETTER, NOW)

    assert refused.value.again is again
    assert "emil" not in str(refused.value)


def test_a_server_that_is_not_there_may_be_later(sender):
    through(sender, f"smtp://127.0.0.1:{free_port()}")

    with pytest.raises(NotPosted) as refused:
        mail.post(LETTER, NOW)

    assert refused.value.again is True


def test_a_server_that_says_nothing_is_given_up_in_time(sender, monkeypatch):
    monkeypatch.setattr(mail, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        through(sender, f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(NotPosted) as refused:
            mail.post(LETTER, NOW)

    assert refused.value.again is True


@needs_openssl
def test_a_server_that_offers_encryption_gets_it(sender, tmp_path):
    server = Scripted()
    with mail_server(server, tls_context=certificate(tmp_path)) as port:
        through(sender, f"smtp://127.0.0.1:{port}")
        mail.post(LETTER, NOW)

    assert server.encrypted == [True]


@needs_openssl
def test_credentials_come_from_the_address(sender, tmp_path):
    server = Scripted()
    how = {"tls_context": certificate(tmp_path), "authenticator": server.sign_in, "auth_required": True}
    with mail_server(server, **how) as port:
        through(sender, f"smtp://re%40lais:p%40ss%20word@127.0.0.1:{port}")
        mail.post(LETTER, NOW)

    assert (server.users, len(server.taken)) == ([b"re@lais"], 1)


@needs_openssl
def test_wrong_credentials_are_our_fault_and_may_be_mended(sender, tmp_path):
    server = Scripted()
    how = {"tls_context": certificate(tmp_path), "authenticator": server.sign_in, "auth_required": True}
    with mail_server(server, **how) as port:
        through(sender, f"smtp://relais:wrong@127.0.0.1:{port}")
        with pytest.raises(NotPosted) as refused:
            mail.post(LETTER, NOW)

    assert (refused.value.again, server.taken) == (True, [])


@needs_openssl
def test_smtps_is_encrypted_from_the_first_byte(sender, tmp_path):
    server = Scripted()
    with mail_server(server, ssl_context=certificate(tmp_path)) as port:
        through(sender, f"smtps://127.0.0.1:{port}")
        mail.post(LETTER, NOW)

    assert server.encrypted == [True]
