"""Who of a body can sign in, and who still holds a slip."""

from dataclasses import dataclass

from zhengyou.kernel import clock
from zhengyou.people.models import Account, Invitation, Organisation, Person
from zhengyou.people.queries.roll import persons_on


@dataclass(slots=True)
class AccountLine:
    """A person on the roll with account or slip."""

    person: Person
    account: Account | None
    slip: Invitation | None  # the one still open


def account_lines(body: Organisation) -> list[AccountLine]:
    """Return everybody on the roll of ``body`` today, in the order of pinyin. Four queries."""
    persons = list(persons_on(clock.today(), body).order_by("sort_key", "pk"))
    accounts = {row.person_id: row for row in Account.objects.filter(person__in=persons)}
    open_slips = Invitation.objects.filter(
        person__in=persons, used_at=None, withdrawn_at=None, expires_at__gt=clock.now()
    )
    slips = {row.person_id: row for row in open_slips}
    return [
        AccountLine(person, accounts.get(person.pk), slips.get(person.pk)) for person in persons
    ]
