"""The nouns of Relais: tables, enums and facts about one row. No session, no input or output, no settings."""

from models.actor import Actor
from models.citation import Citation
from models.comment import Comment, CommentVersion
from models.entry import Entry, EntryProposal
from models.event import Event
from models.group import Group, Membership
from models.move import Move
from models.person import Person
from models.position import Position
from models.presidency import Presidency
from models.proposal import Proposal, ProposalTheme
from models.session import PersonSession, SignInLink, SignInRequest
from models.source import Source
from models.text import Revision, Text
from models.theme import Theme

__all__ = [
    "Actor",
    "Citation",
    "Comment",
    "CommentVersion",
    "Entry",
    "EntryProposal",
    "Event",
    "Group",
    "Membership",
    "Move",
    "Person",
    "PersonSession",
    "Position",
    "Presidency",
    "Proposal",
    "ProposalTheme",
    "Revision",
    "SignInLink",
    "SignInRequest",
    "Source",
    "Text",
    "Theme",
]
