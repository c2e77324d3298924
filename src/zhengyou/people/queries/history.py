"""What the ledger says about a body or a person, with names instead of numbers."""

from dataclasses import dataclass
from datetime import datetime

from zhengyou.kernel.refs import Ref
from zhengyou.ledger.queries import Entry, history
from zhengyou.people.models import Person, Role


@dataclass(frozen=True, slots=True)
class FactLine:
    """One thing that happened: when (UTC), what, by whom and in which post."""

    at: datetime
    label: str
    who: str


def facts_about(about: Ref, limit: int = 20) -> list[FactLine]:
    """Return the last ``limit`` facts about a thing, newest first. Two queries."""
    entries = history(about, limit)
    uids = {entry.actor for entry in entries if len(entry.actor) == 36}
    names = {
        str(uid): name
        for uid, name in Person.objects.filter(uid__in=uids).values_list("uid", "name")
    }
    return [
        FactLine(entry.at, _what(entry), _who(names.get(entry.actor, ""), entry.actor, entry.hat))
        for entry in entries
    ]


def _what(entry: Entry) -> str:
    """Return the verb in Chinese, with the names where a body was renamed."""
    if entry.verb == "organisation.rename":
        return f"{entry.label}：“{entry.data['from']}”改为“{entry.data['to']}”"
    return entry.label


def _who(name: str, actor: str, hat: str) -> str:
    role = hat.partition("@")[0]
    if not name:
        return "系统" if actor == "system" else "已停用的账号"
    return f"{name}（{Role(role).label}）" if role in Role.values else name
