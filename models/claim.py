"""What a source can stand behind, or be put against: a move, a position or an entry."""

from typing import Any

from models.entry import Entry
from models.move import Move
from models.position import Position

Claim = Move | Position | Entry
# The column by which citations and settlements name one.
CLAIM_COLUMN: dict[type[Any], str] = {Move: "move_id", Position: "position_id", Entry: "entry_id"}
