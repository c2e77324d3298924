"""Draft a bulletin, send it in, sign it, publish it, correct it; a body signs that it has read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction

from zhengyou.campaigns.document_numbers import BadNumber, tidy_number
from zhengyou.climb.models import Answer
from zhengyou.inspections import rules as of_findings
from zhengyou.inspections.actions.visits import deadline_of
from zhengyou.inspections.bulletins.refs import follow
from zhengyou.inspections.bulletins.wording import next_number
from zhengyou.inspections.models import Finding, FindingKind, VisitState
from zhengyou.inspections.models.bulletin import (
    Bulletin,
    BulletinArticle,
    BulletinDecision,
    BulletinReading,
)
from zhengyou.inspections.rules import bulletins as rules
from zhengyou.kernel import clock
from zhengyou.kernel.states import move
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Membership, Organisation, Post


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the articles, and to whom it goes."""

    title: str
    number: str
    scope: Organisation
    public: bool = False
    opening: str = ""
    closing: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """As they are stored.

        Raises:
            Refused: no title, or the number is none.
        """
        title = tidy_line(self.title)[:60]
        if not title:
            raise Refused("没有写标题。")
        try:
            number = tidy_number(self.number)
        except BadNumber as bad:
            raise Refused(bad.reason) from None
        return {
            "title": title, "number": number, "scope": self.scope, "public": self.public,
            "opening": tidy(self.opening)[:1000], "closing": tidy(self.closing)[:1000],
        }  # fmt: skip


def suggested_number(body: Organisation) -> str:
    """Return the number that comes next; empty where there was none before."""
    rows = Bulletin.objects.filter(organisation=body).order_by("-drafted_at", "-pk")
    last = rows.values_list("number", flat=True).first()
    return next_number(last or "", clock.today().year)


def begin(actor: Actor, body: Organisation, head: Head, findings: Iterable[Finding]) -> Bulletin:
    """Begin a bulletin of ``body`` from findings that were handed over.

    Raises:
        Refused: no right, no title, a number that is taken, a scope that is not its own, or a
            finding that cannot be told.
    """
    with book.writing() as facts:
        rules.may_draft(actor, body).require()
        _check_scope(body, head)
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        made = Bulletin(
            organisation=body, drafted_by=actor.person, drafted_hat=actor.hat.title,
            drafted_at=clock.now(), **head.fields,
        )  # fmt: skip
        _store(made.save)
        _add(actor, made, findings)
        facts.record("bulletin.begin", by=actor, about=made.ref,
                     data={"number": made.number, "articles": made.articles.count()})  # fmt: skip
    return made


def _store(save: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            save()
    except IntegrityError:
        raise Refused("这个文号已经用过了，换一个。") from None


def _check_scope(body: Organisation, head: Head) -> None:
    inside = head.scope.path.startswith(body.path)
    if not inside:
        raise Refused(f"只能发给{body.name}和它下面的组织。")


def _hold(bulletin: Bulletin) -> None:
    """Lock a bulletin and read anew where it stands."""
    Bulletin.objects.select_for_update(no_key=True, of=("self",)).get(pk=bulletin.pk)
    bulletin.refresh_from_db(fields=["state", "submitted_by"])


def rewrite_head(actor: Actor, bulletin: Bulletin, head: Head) -> None:
    """Write what stands above and below the articles.

    Raises:
        Refused: no right, no title, a number that is taken, or a scope that is not its own.
    """
    with book.writing() as facts:
        _hold(bulletin)
        rules.may_edit(actor, bulletin).require()
        _check_scope(bulletin.organisation, head)
        for name, value in head.fields.items():
            setattr(bulletin, name, value)
        _store(lambda: bulletin.save(update_fields=list(head.fields)))
        facts.record("bulletin.change", by=actor, about=bulletin.ref, data={"what": "head"})


def add(actor: Actor, bulletin: Bulletin, findings: Iterable[Finding]) -> int:
    """Add articles about further findings; those that are in stay as they are written.

    Raises:
        Refused: no right, or a finding that cannot be told.
    """
    with book.writing() as facts:
        _hold(bulletin)
        rules.may_edit(actor, bulletin).require()
        count = _add(actor, bulletin, findings)
        facts.record("bulletin.change", by=actor, about=bulletin.ref, data={"added": count})
    return count


def _add(actor: Actor, bulletin: Bulletin, findings: Iterable[Finding]) -> int:
    """Make an article for each finding, criticism with the day until which it is to be mended."""
    keys = {row.pk for row in findings} - set(
        bulletin.articles.values_list("finding_id", flat=True)
    )
    rows = Finding.objects.filter(
        of_findings.visible_findings(actor), pk__in=keys, visit__state=VisitState.HANDED,
        visit__inspection__organisation=bulletin.organisation,
    ).select_related("visit__inspection__campaign", "visit__organisation")  # fmt: skip
    found = sorted(rows, key=lambda row: (row.visit.organisation.path, row.pk))
    if len(found) != len(keys):
        raise Refused("只能选本组织督查的、已经把意见交给单位的发现。")
    order = bulletin.articles.count()
    BulletinArticle.objects.bulk_create(
        BulletinArticle(
            bulletin=bulletin, finding=row, organisation=row.visit.organisation, kind=row.kind,
            deadline=_deadline(row), order=order + place,
        )
        for place, row in enumerate(found)
    )  # fmt: skip
    if bulletin.campaign_id is None and found:
        bulletin.campaign = found[0].visit.inspection.campaign
        bulletin.save(update_fields=["campaign"])
    return len(found)


def _deadline(finding: Finding) -> date | None:
    return deadline_of(finding) if finding.kind == FindingKind.CRITICISM else None


def write(
    actor: Actor, article: BulletinArticle, *, text: str, deadline: date | None, seen: str
) -> None:
    """Write over an article and set its day. Text as drafted follows the finding again.

    Args:
        seen: the text that the writer had before him or her.

    Raises:
        Refused: no right, a criticism without a day to come, or somebody wrote it meanwhile.
    """
    with book.writing() as facts:
        _hold(article.bulletin)
        rules.may_edit(actor, article.bulletin).require()
        article.refresh_from_db(fields=["text", "was", "deadline"])
        if tidy(seen) != tidy(article.words):
            raise Refused("您打开以后，别人也改了这一条。请另开一页看看，合到一起再存。")
        before, article.deadline = article.draft, _day(article, deadline)
        said = tidy(text).strip()[:1000]
        article.text = "" if said in ("", before, article.draft) else said
        # What has been read is what was drafted before the day was set: it is merged on the page.
        article.was = before if article.text else ""
        article.by = actor.person
        article.save(update_fields=["text", "was", "deadline", "by"])
        facts.record("bulletin.change", by=actor, about=article.bulletin.ref,
                     data={"article": article.uid})  # fmt: skip


def _day(article: BulletinArticle, deadline: date | None) -> date | None:
    if article.kind != FindingKind.CRITICISM:
        return None
    if deadline is None or deadline <= clock.today():
        raise Refused("整改期限要写今天以后的一天。")
    return deadline


def drop(actor: Actor, article: BulletinArticle) -> None:
    """Take an article out; the finding stays where it is.

    Raises:
        Refused: no right.
    """
    with book.writing() as facts:
        _hold(article.bulletin)
        rules.may_edit(actor, article.bulletin).require()
        data = {"dropped": article.finding.uid}
        article.delete()
        facts.record("bulletin.change", by=actor, about=article.bulletin.ref, data=data)


def discard(actor: Actor, bulletin: Bulletin) -> None:
    """Throw a draft away.

    Raises:
        Refused: no right, or it was sent in.
    """
    with book.writing() as facts:
        _hold(bulletin)
        rules.may_edit(actor, bulletin).require()
        ref = bulletin.ref
        bulletin.delete()
        facts.record("bulletin.discard", by=actor, about=ref, data={})


def submit(actor: Actor, bulletin: Bulletin) -> None:
    """Send it to whoever signs.

    Raises:
        Refused: no right, something is missing, or it names a person.
        Stale: it was moved meanwhile.
    """
    with book.writing() as facts:
        _hold(bulletin)
        rules.may_submit(actor, bulletin).require()
        _sound(bulletin)
        move(bulletin, "submit", submitted_by=actor.person, submitted_at=clock.now())
        facts.record("bulletin.submit", by=actor, about=bulletin.ref, data={})


def _sound(bulletin: Bulletin) -> None:
    rows = list(bulletin.articles.select_related("finding", "organisation"))
    rules.is_whole(bulletin, rows).require()
    texts = [bulletin.title, bulletin.opening, bulletin.closing, *(row.words for row in rows)]
    rules.names_nobody(texts, _people({row.organisation_id for row in rows})).require()


def _people(bodies: set[int]) -> list[str]:
    """Return the names of those who belong to these bodies or stand in them. Two queries."""
    names: list[str] = []
    for model in (Membership, Post):
        rows = model.objects.on(clock.today()).filter(organisation__in=bodies)
        names += rows.order_by().values_list("person__name", flat=True).distinct()
    return names


def take_back(actor: Actor, bulletin: Bulletin) -> None:
    """Take it back before anybody has signed.

    Raises:
        Refused: no right; Stale: it was moved meanwhile.
    """
    with book.writing() as facts:
        _hold(bulletin)
        rules.may_take_back(actor, bulletin).require()
        move(bulletin, "take_back")
        facts.record("bulletin.take_back", by=actor, about=bulletin.ref, data={})


def approve(actor: Actor, bulletin: Bulletin) -> None:
    """Sign it.

    Raises:
        Refused: no right, or one's own; Stale: it was moved meanwhile.
    """
    with book.writing() as facts:
        _hold(bulletin)
        rules.may_sign(actor, bulletin).require()
        move(bulletin, "approve")
        _decide(actor, bulletin, Answer.APPROVE, "")
        facts.record("bulletin.approve", by=actor, about=bulletin.ref, data={})


def send_back(actor: Actor, bulletin: Bulletin, reason: str) -> None:
    """Send it back to be written anew, with words that help.

    Raises:
        Refused: no right, one's own, or no reason; Stale: it was moved meanwhile.
    """
    with book.writing() as facts:
        _hold(bulletin)
        rules.may_sign(actor, bulletin).require()
        rules.says_why(reason, "退回").require()
        move(bulletin, "send_back")
        _decide(actor, bulletin, Answer.RETURN, tidy(reason).strip()[:300])
        facts.record("bulletin.send_back", by=actor, about=bulletin.ref, data={},
                     names={"reason": tidy(reason)})  # fmt: skip


def _decide(actor: Actor, bulletin: Bulletin, answer: Answer, reason: str) -> None:
    signed = BulletinDecision.signed(actor)
    BulletinDecision.objects.create(bulletin=bulletin, answer=answer, reason=reason, **signed)


def publish(actor: Actor, bulletin: Bulletin) -> None:
    """Publish it. Its texts are settled now; the version that it corrects is replaced.

    Raises:
        Refused: no right, something is missing, or it names a person; Stale: moved meanwhile.
    """
    with book.writing() as facts:
        _hold(bulletin)
        rules.may_publish(actor, bulletin).require()
        _sound(bulletin)
        for row in bulletin.articles.select_related("finding", "organisation"):
            row.text, row.was = row.words, row.draft
            row.save(update_fields=["text", "was"])
        old = bulletin.corrects
        if old is not None:
            move(old, "replace", replaced_on=clock.today())
            facts.record("bulletin.replace", by=actor, about=old.ref, data={"by": bulletin.uid})
            follow(old)
        move(bulletin, "publish", published_on=clock.today())
        follow(bulletin)
        facts.record("bulletin.publish", by=actor, about=bulletin.ref, data={
            "number": bulletin.number, "scope": bulletin.scope.uid, "public": bulletin.public,
            "articles": bulletin.articles.count(),
        })  # fmt: skip


def correct(actor: Actor, bulletin: Bulletin, reason: str) -> Bulletin:
    """Begin another version of what is out, with all that stands in it.

    Raises:
        Refused: no right, no reason, or one is begun already.
    """
    with book.writing() as facts:
        _hold(bulletin)
        rules.may_correct(actor, bulletin).require()
        rules.says_why(reason, "更正").require()
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        made = Bulletin.objects.create(
            organisation=bulletin.organisation, campaign=bulletin.campaign, scope=bulletin.scope,
            public=bulletin.public, number=bulletin.number, title=bulletin.title,
            opening=bulletin.opening, closing=bulletin.closing, version=bulletin.version + 1,
            corrects=bulletin, why=tidy_line(reason)[:300], drafted_by=actor.person,
            drafted_hat=actor.hat.title, drafted_at=clock.now(),
        )  # fmt: skip
        for row in bulletin.articles.all():
            row.pk, row.uid, row.bulletin, row.by = None, uuid4(), made, None
            row.save(force_insert=True)
        facts.record("bulletin.correct", by=actor, about=made.ref,
                     data={"corrects": bulletin.uid}, names={"reason": made.why})  # fmt: skip
    return made


def read(actor: Actor, bulletin: Bulletin, body: Organisation) -> bool:
    """Sign for ``body`` that it has read it; who signs first signs for all there.

    Returns:
        Whether it was the first.

    Raises:
        Refused: no right, or it does not go there.
    """
    with book.writing() as facts:
        _hold(bulletin)
        rules.may_sign_for(actor, bulletin, body).require()
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        _, first = BulletinReading.objects.get_or_create(
            bulletin=bulletin, organisation=body,
            defaults={"read_on": clock.today(), "by": actor.person, "hat": actor.hat.title},
        )  # fmt: skip
        if first:
            facts.record("bulletin.read", by=actor, about=bulletin.ref, data={"body": body.uid})
    return first
