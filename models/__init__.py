"""The nouns of Relais: tables, enums and facts about one row. No session, no input or output, no settings."""

from models.actor import Actor
from models.citation import Citation
from models.comment import Comment, CommentReport, CommentVersion, Mention
from models.confirmation import Confirmation
from models.delivery import Bookmark, Delivery, Mailing
from models.dump import Dump
from models.entry import Entry, EntryProposal
from models.event import Event
from models.group import Group, Membership
from models.imports import Import, Imported
from models.invitation import Invitation
from models.leg import Leg, LegTarget
from models.move import Move
from models.notice import Notice, NoticeChoice
from models.packet import Packet
from models.person import Person
from models.population import Population
from models.position import Position
from models.presence import Presence
from models.presidency import Presidency
from models.proposal import Proposal, ProposalTheme
from models.report import Report
from models.saved_search import SavedSearch
from models.search import SearchRow
from models.session import PersonSession, SignInLink, SignInRequest
from models.settlement import Settlement
from models.snapshot import Snapshot, SnapshotWithdrawal
from models.source import Source, SourceCheck
from models.subscription import Subscriber, Subscription
from models.suggestion import Suggestion
from models.task import Task
from models.task_calendar import TaskCalendar
from models.text import Revision, Text
from models.theme import Theme
from models.token import Token, TokenWrite
from models.webhook import Webhook, WebhookAttempt, WebhookKey, WebhookMessage
from models.withdrawal import Withdrawal

__all__ = [
    "Actor",
    "Bookmark",
    "Citation",
    "Comment",
    "CommentReport",
    "CommentVersion",
    "Confirmation",
    "Delivery",
    "Dump",
    "Entry",
    "EntryProposal",
    "Event",
    "Group",
    "Import",
    "Imported",
    "Invitation",
    "Leg",
    "LegTarget",
    "Mailing",
    "Membership",
    "Mention",
    "Move",
    "Notice",
    "NoticeChoice",
    "Packet",
    "Person",
    "PersonSession",
    "Population",
    "Position",
    "Presence",
    "Presidency",
    "Proposal",
    "ProposalTheme",
    "Report",
    "Revision",
    "SavedSearch",
    "SearchRow",
    "Settlement",
    "SignInLink",
    "SignInRequest",
    "Snapshot",
    "SnapshotWithdrawal",
    "Source",
    "SourceCheck",
    "Subscriber",
    "Subscription",
    "Suggestion",
    "Task",
    "TaskCalendar",
    "Text",
    "Theme",
    "Token",
    "TokenWrite",
    "Webhook",
    "WebhookAttempt",
    "WebhookKey",
    "WebhookMessage",
    "Withdrawal",
]
