"""What news tells is what a visitor may know when it is posted, told in letters that nothing typed can break."""

from email import message_from_bytes, policy

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from models import Mailing, Proposal
from models.topic import NewsKind
from relais import mail
from relais.db import writing
from relais.mail import message_of
from relais.mailings.digest import Change, Section
from tests.days import NOW
from tests.news_told import tell
from tests.public_record import a_comment, a_position, a_proposal, an_actor, an_entry, moved
from tests.relais.subscribers import GUICHET, follows, letters, rows

EVERY_NEWS = tuple(NewsKind)


@pytest.fixture
def guichet(engine, public_affairs):
    proposal = a_proposal("guichet", public_affairs)
    follows("first")
    letters(engine, NOW)
    return proposal


# --- what may be known -----------------------------------------------------------------------------------------------


def test_what_a_group_keeps_to_itself_is_in_no_letter(engine, guichet, public_affairs, commenter):
    follows("ana", news=EVERY_NEWS)
    an_actor("ngi")
    a_position(guichet, "ngi", public=False)
    an_entry("meeting", guichet, public=False, group_id=public_affairs.id)
    a_comment(guichet, commenter, "Entre nous")
    kept = a_proposal("kept", public_affairs, public=False)
    moved(kept, "backed")

    assert letters(engine, NOW) == []


def test_what_is_hidden_between_the_change_and_the_letter_is_not_told(engine, guichet):
    follows("ana")
    moved(guichet, "backed")
    tell(engine)  # owed and put together, not posted
    with writing() as session:
        session.get_one(Proposal, guichet.id).public = False

    assert letters(engine, NOW) == []
    assert [row.ended_why for row in rows(Mailing)] == ["", "nothing left to tell"]


def test_no_limit_drops_what_is_seen_behind_much_that_is_not(engine, guichet, public_affairs):
    follows("ana", GUICHET)
    an_actor("ngi")
    for _ in range(230):  # more than are read of the ledger at once
        a_position(guichet, "ngi", public=False)
    a_position(guichet, "ngi")

    (letter,) = letters(engine, NOW)

    assert letter.subject == "Relais: 1 change, Titre de guichet"


def test_many_changes_are_all_told_the_newest_first_by_proposal(engine, guichet, public_affairs):
    other = a_proposal("fondation", public_affairs)
    letters(engine, NOW)
    follows("ana")
    an_actor("ngi")
    for n in range(120):
        a_position((guichet, other)[n % 2], "ngi", note_en=f"Number {n}.", note_fr=f"Numéro {n}.")

    (letter,) = [one for one in letters(engine, NOW) if one.to.startswith("ana")]

    numbers = [
        int(word.rstrip(".")) for before, word in zip(letter.text.split(), letter.text.split()[1:], strict=False) if before == "Number"
    ]
    assert numbers == [*range(119, 0, -2), *range(118, -1, -2)]
    assert letter.subject == "Relais: 120 changes on 2 proposals"


def test_one_who_follows_one_kind_of_news_is_told_no_other(engine, guichet):
    follows("ana", news=[NewsKind.STAGE])
    follows("ben", news=[NewsKind.POSITIONS])
    an_actor("ngi")
    a_position(guichet, "ngi")
    moved(guichet, "backed")

    assert {letter.to: letter.subject for letter in letters(engine, NOW)} == {
        "ana@relais.test": "Relais: 1 change, Titre de guichet",
        "ben@relais.test": "Relais: 1 change, Titre de guichet",
    }


# --- what is typed ---------------------------------------------------------------------------------------------------

TYPED = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)
NAMES = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
    "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
}  # fmt: skip


@example("Hello\r\nBcc: eva@relais.test", "x")
@example("<script>alert(1)</script>", "</td></tr><img src=x onerror=alert(1)>")
@example("=?utf-8?q?=0D=0ABcc:_eva@relais.test?=", "\u202e\u2028")
@trials(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED, TYPED)
def test_no_title_and_no_fact_breaks_a_letter(house, title, fact):
    change = Change("1 Jul", "Position recorded", "", fact, "http://testserver/en/proposals/x#backers")
    section = Section("x", title, "fr", "http://testserver/en/proposals/x", None, "", (change,))
    listed = (("List-Id", "Relais <news.testserver>"), ("List-Unsubscribe", "<http://testserver/en/follow/stop/x>"))
    letter = mail.write(
        "news", to="ana@relais.test", language="en", subject=f"Relais: 1 change, {title}", message_id="<news.1@localhost>",
        headers=(*listed, ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")), heading="1 change", day="Monday", sections=(section,),
        handover=None, why=[title], manage="http://testserver/m", stop="http://testserver/s", stop_all="http://testserver/a",
    )  # fmt: skip

    written = message_of(letter, NOW).as_bytes()

    read = message_from_bytes(written, policy=policy.default)
    assert (set(read.keys()), len(read.keys())) == (NAMES, len(NAMES))
    assert max(len(line) for line in written.split(b"\r\n")) <= 998
    assert [mark for mark in ("<script", "<img") if mark in letter.html] == []
