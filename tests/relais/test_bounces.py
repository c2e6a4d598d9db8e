"""Letters that came back, as mail servers return them, and complaints: whom they are about, and that they get no more."""

import pytest
from sqlmodel import select

from models import Subscriber
from relais.db import reading, writing
from relais.mailings import bounces
from tests.days import NOW
from tests.relais.subscribers import follows

RETURNED = """\
From: MAILER-DAEMON@mx.test
To: relais@relais.test
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.test

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user
--b--
"""
COMPLAINT = """\
From: feedback@mx.test
To: relais@relais.test
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
{named}
--b
Content-Type: message/rfc822

From: Relais <relais@relais.test>
To: ana@relais.test
Subject: Relais: 1 change

A letter.
--b--
"""


def returned(address="ana@relais.test", action="failed", status="5.1.1"):
    return RETURNED.format(address=address, action=action, status=status).encode()


def ended():
    with reading() as session:
        return [(row.email, row.ended_why) for row in session.exec(select(Subscriber).where(Subscriber.ended_at.is_not(None)))]


def test_a_letter_that_failed_for_good_names_its_address():
    assert bounces.told(returned()) == [("ana@relais.test", "returned with 5.1.1")]


@pytest.mark.parametrize("how", [{"action": "delayed", "status": "4.4.1"}, {"status": "4.2.2"}, {"status": "5.2.2"}, {"address": ""}])
def test_what_may_still_arrive_names_nobody(how):
    assert bounces.told(returned(**how)) == []


@pytest.mark.parametrize("named", ["Original-Rcpt-To: <ana@relais.test>", "Arrival-Date: Fri, 27 Nov 2026 08:00:00 +0000"])
def test_a_complaint_names_whom_the_letter_was_for(named):
    assert bounces.told(COMPLAINT.format(named=named).encode()) == [("ana@relais.test", "complained")]


@pytest.mark.parametrize("message", [b"", b"\xff\xfe", b"Subject: hello\n\nana@relais.test", b"Content-Type: multipart/report\n\n--"])
def test_what_is_no_report_names_nobody(message):
    assert bounces.told(message) == []


def test_who_is_named_gets_no_more_whatever_the_case_and_others_do(engine):
    follows("ana")
    follows("bo")
    with writing() as session:
        assert bounces.end(session, "Ana@Relais.test", "returned with 5.1.1", NOW)
    with writing() as session:
        assert not bounces.end(session, "ana@relais.test", "again", NOW)

    assert ended() == [("ana@relais.test", "returned with 5.1.1")]


def test_the_command_reads_a_file_and_names_nobody(engine, relais, tmp_path):
    follows("ana")
    (tmp_path / "returned.eml").write_bytes(returned())

    assert relais("bounced", str(tmp_path / "returned.eml")) == (0, "1 told of, 1 ended.\n", "")
    assert relais("bounced", "--address", "nobody@relais.test") == (0, "1 told of, 0 ended.\n", "")
    assert ended() == [("ana@relais.test", "returned with 5.1.1")]
