"""Keep a blueprint of one's own, go on writing it, throw it away."""

import tomllib

from zhengyou.campaigns import authoring
from zhengyou.campaigns.actions.changes import MEANWHILE
from zhengyou.campaigns.blueprint import Flawed, check, decode
from zhengyou.campaigns.models import Manuscript
from zhengyou.campaigns.models.manuscript import digest
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation


def keep(actor: Actor, body: Organisation, text: str) -> Manuscript:
    """Keep a text as a blueprint of ``body``; it may have mistakes, to be mended later.

    Raises:
        Refused: no right. Flawed: it is no text, or too long.
    """
    text = decode(text.encode())
    with book.writing() as facts:
        authoring.may_keep_manuscript(actor, body).require()
        assert actor.person is not None  # may_keep_manuscript has asked
        made = Manuscript.objects.create(
            organisation=body, saved_at=clock.now(), saved_by=actor.person, **_told(text)
        )
        facts.record(
            "manuscript.keep",
            by=actor,
            about=made.ref,
            data={"organisation": body.uid, "blueprint": digest(text)},
        )
    return made


def save(actor: Actor, manuscript: Manuscript, text: str, seen: str) -> None:
    """Put another text in its place.

    Args:
        seen: digest of the text that was being changed.

    Raises:
        Refused: no right. Flawed: it is no text, or too long.
        Stale: somebody saved meanwhile.
    """
    text = decode(text.encode())
    with book.writing() as facts:
        stored = Manuscript.objects.select_for_update(no_key=True).get(pk=manuscript.pk)
        authoring.may_change_manuscript(actor, manuscript).require()
        if digest(stored.text) != seen:
            manuscript.text = stored.text
            raise Stale(MEANWHILE)
        for name, value in _told(text).items():
            setattr(manuscript, name, value)
        assert actor.person is not None  # may_change_manuscript has asked
        manuscript.saved_at, manuscript.saved_by = clock.now(), actor.person
        manuscript.save()
        facts.record(
            "manuscript.save", by=actor, about=manuscript.ref, data={"blueprint": digest(text)}
        )


def discard(actor: Actor, manuscript: Manuscript) -> None:
    """Throw it away; campaigns made from it stay as they are.

    Raises:
        Refused: no right.
    """
    with book.writing() as facts:
        authoring.may_change_manuscript(actor, manuscript).require()
        facts.record("manuscript.discard", by=actor, about=manuscript.ref)
        manuscript.delete()


def _told(text: str) -> dict[str, object]:
    """Return text, title and the number of mistakes."""
    try:
        return {"text": text, "title": check(text).header.title, "problems": 0}
    except Flawed as flawed:
        return {"text": text, "title": _title(text), "problems": len(flawed.problems)}


def _title(text: str) -> str:
    try:
        title = tomllib.loads(text).get("title")
    except ValueError:
        title = None
    return title.strip()[:100] if isinstance(title, str) and title.strip() else "还没有名称的蓝图"
