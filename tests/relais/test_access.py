"""What readers may see, as it is asked of the database."""

from sqlalchemy import select

from models import Proposal
from models.group import Role
from relais.access import VISITOR, Reader, visible_proposals


def asked(reader):
    return str(select(Proposal.id).where(visible_proposals(reader)))


def test_one_statement_asks_for_all_who_are_in_as_many_groups():
    one, two, others = (Reader(roles=dict.fromkeys(groups, Role.OBSERVER)) for groups in ([7], [1, 2], [30, 4]))

    assert [asked(two) == asked(others), asked(one) == asked(two), asked(VISITOR) == asked(one)] == [True, False, False]
    assert "POSTCOMPILE" not in asked(two)  # a list that is bound as one is put into the statement anew at every question


def test_the_groups_are_asked_for_in_one_order_whatever_that_of_the_roles():
    forth, back = (Reader(roles=dict.fromkeys(groups, Role.EDITOR)) for groups in ([1, 2], [2, 1]))

    given = [select(Proposal.id).where(visible_proposals(reader)).compile().params for reader in (forth, back)]

    assert given[0] == given[1]
