"""One sound row of every table of what goes out: to those who follow, to members, to programs. They stand in `tests.record.ROWS`."""

from typing import Any

AT = "2026-11-23 10:00:00+00:00"

OUTWARD: dict[str, dict[str, Any]] = {
    "subscribers": {
        "email": "reader@relais.test",
        "language": "fr",
        "created_at": AT,
        "links": 1,
        "attempts": 0,
        "ended_why": "",
        "version": 1,
    },
    "subscriptions": {
        "subscriber_id": 1,
        "kind": "proposal",
        "key": "guichet",
        "news": ["stage"],
        "pace": "daily",
        "weekday": 0,
        "since_event": 0,
        "asked_at": AT,
        "asked_from": "",
        "consent": "",
        "network": "",
        "version": 1,
    },
    "mailings": {"subscriber_id": 1, "message_id": "<1@relais.test>", "composed_at": AT, "due_at": AT, "attempts": 0, "ended_why": ""},
    "task_calendars": {"person_id": 1, "token_hash": "c", "made_at": AT},
    "notices": {"person_id": 1, "event_id": 1, "kind": "mention", "read_at": None, "due_at": AT, "mailing_id": 1},
    "saved_searches": {"person_id": 1, "key": "q=x", "saved_at": AT, "since_event": 1},
    "notice_choices": {"person_id": 1, "kinds": ["mention"], "pace": "daily", "weekday": 0, "paused_until": AT, "version": 1},
    "deliveries": {"event_id": 1, "subscriber_id": 1, "subscription_id": 1, "due_at": AT, "mailing_id": 1},
    "webhooks": {
        "group_id": 1,
        "name": "W",
        "url": "https://example.org/hook",
        "topic": "everything",
        "key": "",
        "kinds": ["stage"],
        "added_at": AT,
        "since_event": 0,
        "version": 1,
    },
    "webhook_keys": {"webhook_id": 1, "salt": "a" * 64, "added_at": AT},
    "webhook_messages": {
        "webhook_id": 1,
        "event_id": 1,
        "name": "msg_1",
        "kind": "stage.moved",
        "body": "{}",
        "made_at": AT,
        "due_at": AT,
        "attempts": 0,
    },
    "webhook_attempts": {"message_id": 1, "at": AT, "status": 200, "why": "", "ms": 12},
}
