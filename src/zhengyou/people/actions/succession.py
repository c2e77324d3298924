"""What became of bodies that were merged or split, and taking it back while nothing hangs on it."""

from datetime import date

from zhengyou.kernel import clock, paths
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actions import remembering
from zhengyou.people.actions.holding import hold_tree
from zhengyou.people.actor import Actor
from zhengyou.people.models import How, Organisation, Reorganisation, Succession


def scope_of(old: list[Organisation], heir: Organisation | None = None) -> remembering.Scope:
    """Return the old bodies with all below them, and the heir: what a merger may touch."""
    within = paths.within("path", old[0].path)
    for body in old[1:]:
        within |= paths.within("path", body.path)
    pks = set(Organisation.objects.filter(within).values_list("pk", flat=True))
    return remembering.Scope(bodies=frozenset(pks | ({heir.pk} if heir else set())))


def remember(
    actor: Actor,
    how: How,
    on: date,
    pairs: list[tuple[Organisation, Organisation]],
    before: remembering.Photo,
    scope: remembering.Scope,
) -> Reorganisation:
    """Keep what was done, who went on in whom, and what it takes to undo it."""
    heirs = {heir.pk for _, heir in pairs}
    whole = remembering.Scope(bodies=scope.bodies | heirs)
    done = Reorganisation.objects.create(
        how=how,
        on=on,
        done_at=clock.now(),
        done_by=actor.person,
        changes=remembering.difference(before, whole),
    )
    with book.writing() as facts:
        for old in {old.pk: old for old, _ in pairs}.values():
            into = [str(heir.uid) for body, heir in pairs if body == old]
            data = {"into": into, "on": on.isoformat()}
            facts.record("organisation.end", by=actor, about=old.ref, data=data)
    Succession.objects.bulk_create(
        Succession(reorganisation=done, old=old, heir=heir) for old, heir in pairs
    )
    return done


def hanging(done: Reorganisation) -> str:
    """Return in words why ``done`` cannot be undone any more; empty: it can."""
    if done.undone_at:
        return "已经撤销过了"
    if not done.changes:
        return "那时候还没有留下撤销要用的记录"
    heirs = [row.heir for row in done.successions.select_related("heir")]
    founded = {int(pk) for pk in done.changes["made"]["organisation"]}
    touched = {int(pk) for kind in ("made", "changed") for pk in done.changes[kind]["organisation"]}
    taken_in = {heir.pk for heir in heirs} - founded
    scope = remembering.Scope(bodies=frozenset(touched - taken_in))
    return remembering.in_the_way(done.changes, scope, heirs)


def undo(actor: Actor, done: Reorganisation) -> None:
    """Take a merger or a split back, as if it had not been: while nothing hangs on it.

    Raises:
        Refused: no right over the bodies, or something was done since; the reason says what.
    """
    with book.writing() as facts:
        hold_tree()
        row = Reorganisation.objects.select_for_update().get(pk=done.pk)
        bodies = list(row.successions.select_related("old__parent", "heir__parent"))
        rules.may_undo_reorganisation(
            actor, {body for pair in bodies for body in (pair.old, pair.heir)}, hanging(row)
        ).require()
        remembering.put_back(row.changes)
        row.successions.all().delete()
        row.undone_at = clock.now()
        row.save(update_fields=["undone_at"])
        data = {
            "old": [str(uid) for uid in sorted({str(pair.old.uid) for pair in bodies})],
            "heirs": [str(uid) for uid in sorted({str(pair.heir.uid) for pair in bodies})],
            "on": row.on.isoformat(),
        }
        for uid_of in {pair.old.pk: pair.old for pair in bodies}.values():
            facts.record("organisation.undo", by=actor, about=uid_of.ref, data=data)
    done.refresh_from_db()
