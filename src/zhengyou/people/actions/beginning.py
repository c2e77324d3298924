"""The very beginning: the top body, its administrator, and the slip that opens the account."""

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actions.accounts import invite
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Organisation, Person, Role


def begin(body: str, kind: Kind, administrator: str) -> str:
    """Found the top body with its first administrator; everything else is done in the pages.

    Runs once, from the command line of the machine: whoever can run it has the database anyway.

    Args:
        body: name of the top body, such as a county's party committee.
        kind: what kind of body it is.
        administrator: name of the person who is to appoint the others.

    Returns:
        The invitation code, stored nowhere.

    Raises:
        Refused: there is a body already.
    """
    if Organisation.objects.exists():
        raise Refused("库里已经有组织了，不用再开头。新的人请在网页里登记、发邀请条。")
    with book.writing():
        top = found(None, name=body, kind=kind, parent=None)
        person = Person(name=administrator)
        enrol(None, person, top)
        appoint(None, person, top, Role.SYSTEM_ADMIN, since=clock.today())
        slips = invite(acting_as(person, Role.SYSTEM_ADMIN), top, [person])
    return slips[0][1]
