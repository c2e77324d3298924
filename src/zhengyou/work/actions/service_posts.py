"""Open posts of service, choose and give them, leave them, carry them on in another body."""

from datetime import date

from zhengyou.kernel import clock
from zhengyou.kernel.states import move
from zhengyou.kernel.texts import tidy, tidy_line, tidy_name
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.work.actions.enrolled import enrol_all, withdraw_all
from zhengyou.work.models import (
    HolderState,
    PostOffer,
    ServiceDeputy,
    ServiceHolder,
    ServiceKind,
    ServicePost,
)
from zhengyou.work.rules import service as rules


def open_post(
    actor: Actor,
    body: Organisation,
    *,
    title: str,
    kind: ServiceKind,
    duties: str,
    place: str = "",
    offer: PostOffer | None = None,
    on: date | None = None,
) -> ServicePost:
    """Open a post of service; it is entered with the duties that enrol such posts.

    Raises:
        Refused: no right, nothing said, a day to come, or such a post is there already.
    """
    on = _past(on, "设岗")
    with book.writing() as facts:
        body = Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)
        rules.may_keep_posts(actor, body).require()
        title, duties = tidy_line(title)[:40], tidy(duties).strip()[:300]
        if not title or not duties:
            raise Refused("岗位叫什么、做什么，都要写。")
        if body.service_posts.filter(title=title, until=None).exists():
            raise Refused(f"{body.name}已经有“{title}”，请换个名称，比如加上在哪里。")
        post = ServicePost.objects.create(
            organisation=body, kind=kind, title=title, duties=duties,
            place=tidy_line(place)[:60], offer=offer, since=on,
        )  # fmt: skip
        facts.record("service_post.open", by=actor, about=post.ref,
                     data={"body": body.uid, "kind": kind.value, "since": on})  # fmt: skip
        enrol_all(facts, actor, post.ref, body, on)
    return post


def change_post(actor: Actor, post: ServicePost, *, duties: str, place: str) -> None:
    """Word the duties of a post anew.

    Raises:
        Refused: no right, or nothing said.
    """
    with book.writing() as facts:
        rules.may_change_post(actor, _hold(post)).require()
        if not tidy(duties).strip():
            raise Refused("写明这个岗做什么。")
        before = {"duties": post.duties, "place": post.place}
        post.duties, post.place = tidy(duties).strip()[:300], tidy_line(place)[:60]
        post.save(update_fields=["duties", "place"])
        facts.record("service_post.change", by=actor, about=post.ref, names={"before": before})


def close_post(actor: Actor, post: ServicePost, on: date | None = None) -> None:
    """Close a post from ``on``; who holds it leaves it, open choices lapse.

    Raises:
        Refused: no right, or a day to come or before it was opened.
    """
    on = _past(on, "撤岗")
    with book.writing() as facts:
        rules.may_change_post(actor, _hold(post)).require()
        _end(facts, actor, post, on)
        facts.record("service_post.close", by=actor, about=post.ref, data={"on": on})


def _end(facts: book.Book, actor: Actor, post: ServicePost, on: date) -> None:
    if on < post.since:
        raise Refused(f"“{post.title}”{post.since:%Y-%m-%d} 才设，不能更早就撤。")
    held = ServiceHolder.objects.filter(post=post, state=HolderState.HELD)
    ServiceDeputy.objects.filter(holder__in=held).end(on)
    held.end(on)
    post.holders.filter(state=HolderState.ASKED).update(state=HolderState.TAKEN_BACK)
    post.until = on
    post.save(update_fields=["until"])
    withdraw_all(facts, actor, post.ref, on)


# --- who holds it -------------------------------------------------------------------------------
def choose(actor: Actor, post: ServicePost, reason: str = "") -> ServiceHolder:
    """Choose a post for oneself; the secretary answers.

    Raises:
        Refused: no right, or one has it or has asked for it already.
    """
    with book.writing() as facts:
        rules.may_choose(actor, _hold(post)).require()
        assert actor.person is not None  # the rule has asked
        _not_twice(post, actor.person)
        row = ServiceHolder.objects.create(
            post=post, person=actor.person, state=HolderState.ASKED, chosen=True,
            since=clock.today(), reason=tidy_line(reason)[:200],
        )  # fmt: skip
        facts.record("service_holder.choose", by=actor, about=row.ref, data={"post": post.uid})
    return row


def take_back(actor: Actor, holder: ServiceHolder) -> None:
    """Take the own choice back before it is answered."""
    with book.writing() as facts:
        rules.may_take_back(actor, holder).require()
        move(holder, "take_back")
        facts.record("service_holder.take_back", by=actor, about=holder.ref)


def confirm(actor: Actor, holder: ServiceHolder) -> None:
    """Agree that somebody takes the post he or she chose, from today.

    Raises:
        Refused: no right, or it is one's own choice.
        Stale: it was answered or taken back meanwhile.
    """
    with book.writing() as facts:
        rules.may_change_post(actor, _hold(holder.post)).require()
        rules.may_answer(actor, holder).require()
        move(holder, "confirm", since=clock.today(), **_signed(actor))
        facts.record("service_holder.confirm", by=actor, about=holder.ref,
                     data={"post": holder.post.uid})  # fmt: skip


def decline(actor: Actor, holder: ServiceHolder, reason: str) -> None:
    """Do not agree, and say why.

    Raises:
        Refused: no right, or no reason. Stale: answered or taken back meanwhile.
    """
    with book.writing() as facts:
        rules.may_answer(actor, holder).require()
        if not tidy_line(reason):
            raise Refused("写一句为什么没同意，他好另选。")
        move(holder, "decline", reason=tidy_line(reason)[:200], **_signed(actor))
        facts.record("service_holder.decline", by=actor, about=holder.ref,
                     names={"reason": tidy_line(reason)})  # fmt: skip


def assign(
    actor: Actor,
    post: ServicePost,
    who: Person | str,
    *,
    since: date | None = None,
    reason: str = "",
) -> ServiceHolder:
    """Give a post at once: to a person of the roll, or to a label (七（2）班团员).

    Raises:
        Refused: no right, nobody named, held already, or a day before the post was opened.
    """
    since = _past(since, "上岗")
    person = who if isinstance(who, Person) else None
    label = "" if person else tidy_name(str(who))[:40]
    with book.writing() as facts:
        rules.may_change_post(actor, _hold(post)).require()
        if person is None and not label:
            raise Refused("选一个人，或者写上名册以外的人的称呼。")
        if since < post.since:
            raise Refused(f"“{post.title}”{post.since:%Y-%m-%d} 才设，上岗不能更早。")
        if person is not None:
            _not_twice(post, person)
        row = ServiceHolder.objects.create(
            post=post, person=person, label=label, since=since, reason=tidy_line(reason)[:200],
            **_signed(actor),
        )  # fmt: skip
        facts.record("service_holder.assign", by=actor, about=row.ref,
                     data={"post": post.uid, "since": since},
                     names={"who": row.who})  # fmt: skip
    return row


def end_holding(actor: Actor, holder: ServiceHolder, on: date | None = None) -> None:
    """Leave a post from ``on``.

    Raises:
        Refused: no right, or a day to come or before it was taken.
    """
    on = _past(on, "离岗")
    with book.writing() as facts:
        _hold(holder.post)
        holder.refresh_from_db()
        rules.may_end_holding(actor, holder).require()
        if on < holder.since:
            raise Refused(f"{holder.since:%Y-%m-%d} 才上岗，离岗不能更早。")
        ServiceDeputy.objects.filter(holder=holder).end(on)
        holder.until = on
        holder.save(update_fields=["until"])
        facts.record("service_holder.end", by=actor, about=holder.ref, data={"on": on})


# --- after a split or a merger ------------------------------------------------------------------
def carry_on(actor: Actor, post: ServicePost, heir: Organisation) -> ServicePost:
    """Carry a post of a body that ended on in ``heir``, from the day on which that began: the old
    one ends then, and who holds it goes on here without a gap.

    Raises:
        Refused: no right, not an heir, carried on already, or such a post is there.
    """
    with book.writing() as facts:
        rules.may_carry_on(actor, _hold(post), heir).require()
        on = post.organisation.closed_on or clock.today()
        held = list(ServiceHolder.objects.on(on).filter(post=post, state=HolderState.HELD))
        _end(facts, actor, post, on)
        if heir.service_posts.filter(title=post.title, until=None).exists():
            raise Refused(f"{heir.name}已经有“{post.title}”，不用再接。")
        new = ServicePost.objects.create(
            organisation=heir, kind=post.kind, title=post.title, duties=post.duties,
            place=post.place, offer=post.offer, continues=post, since=on,
        )  # fmt: skip
        ServiceHolder.objects.bulk_create(
            ServiceHolder(post=new, person=row.person, label=row.label, chosen=row.chosen,
                          since=on, reason="接着在岗", **_signed(actor))
            for row in held
        )  # fmt: skip
        facts.record("service_post.carry_on", by=actor, about=new.ref,
                     data={"from": post.uid, "body": heir.uid, "on": on,
                           "holders": len(held)})  # fmt: skip
        enrol_all(facts, actor, new.ref, heir, on)
    return new


# --- inside -------------------------------------------------------------------------------------
def _past(on: date | None, what: str) -> date:
    on = on or clock.today()
    if on > clock.today():
        raise Refused(f"{what}的日期还没到，请写今天或者以前。")
    return on


def _hold(post: ServicePost) -> ServicePost:
    """Lock a post and read it anew."""
    ServicePost.objects.select_for_update(of=("self",)).get(pk=post.pk)
    post.refresh_from_db(fields=["until", "duties", "place"])
    return post


def _not_twice(post: ServicePost, person: Person) -> None:
    rows = post.holders.filter(person=person, until=None)
    held = rows.filter(state__in=[HolderState.ASKED, HolderState.HELD]).first()
    if held is not None:
        said = "已经在这个岗上了" if held.state == HolderState.HELD else "已经选了这个岗，在等确认"
        raise Refused(f"{person.name}{said}。")


def _signed(actor: Actor) -> dict[str, object]:
    assert actor.person is not None and actor.hat is not None  # the rule has asked
    return {"by": actor.person, "hat": actor.hat.title, "decided_at": clock.now()}
