"""Who sees a suggestion and who says what of it, level by level. Nobody screens the own.

At a level it is the post holders of the body that screens there, or the keepers above it; the
named collator of the box, too, at the body that keeps the box.
"""

from django.db.models import Q

from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Role
from zhengyou.people.rules import KEEPERS
from zhengyou.voices.models import (
    Adoption,
    Ascent,
    Box,
    BoxState,
    CallLevel,
    Contributor,
    Suggestion,
    SuggestionState,
)
from zhengyou.voices.models.suggestion import OPEN
from zhengyou.voices.rules.boxes import LOOKING, NOBODY, may_collate, takes_voices

SCREENERS = (*KEEPERS, Role.COMMITTEE_MEMBER, Role.GROUP_LEADER, Role.SEAT_HEAD)
"""Posts of a body that screen at its level."""
READERS = (*SCREENERS, *LOOKING, Role.SEAT_DEPUTY)


# --- seeing -------------------------------------------------------------------------------------
def visible_suggestions(actor: Actor) -> Q:
    """Return which suggestions exist for ``actor``: the own ones, those of a box one collates or
    has to carry out, and what comes from or lies at the own body (keepers: and below)."""
    if actor.person is None:
        return NOBODY
    mine = Contributor.objects.filter(person=actor.person).values("suggestion")
    found = Q(pk__in=mine) | Q(box__collator=actor.person) | Q(adoption__owner=actor.person)
    if actor.hat is None or actor.hat.role not in READERS:
        return found
    body = actor.hat.organisation
    if actor.hat.role in KEEPERS:
        return found | paths.within("home__path", body.path) | Q(holder=body)
    return found | Q(home=body) | Q(holder=body) | Q(box__organisation=body)


def visible_calls(actor: Actor) -> Q:
    """Return the boxes whose funnel ``actor`` sees, as numbers: open to all who belong to the body
    that keeps it or to one below, to posts above, and to whoever collates."""
    if actor.person is None:
        return NOBODY
    found = Q(collator=actor.person)
    for body in {hat.organisation.path: hat.organisation for hat in actor.hats}.values():
        line = [*paths.ancestors(body.path), body.path]
        found |= Q(organisation__path__in=line) & ~Q(state=BoxState.DRAFT)
    if actor.hat is not None and actor.hat.role in READERS:
        found |= paths.within("organisation__path", actor.hat.organisation.path)
    return found


# --- making -------------------------------------------------------------------------------------
def may_suggest(actor: Actor, box: Box, home: Organisation) -> Verdict:
    """Make a suggestion in one's own name: whoever belongs to a body of the box."""
    belongs = any(hat.organisation.pk == home.pk for hat in actor.hats)
    return (
        Verdict.of(actor.person and actor.hat, "署真名提建议要用本人的账号登录。")
        & takes_voices(box)
        & Verdict.of(
            paths.is_within(home.path, box.organisation.path),
            f"这次征集由{box.organisation.name}办，要从它下面的组织提。",
        )
        & Verdict.of(belongs, f"您不在{home.name}，请选自己所在的组织。")
    )


def may_gather(actor: Actor, box: Box, home: Organisation) -> Verdict:
    """Make suggestions of what was put into the box."""
    return may_collate(actor, box) & Verdict.of(
        paths.is_within(home.path, box.organisation.path) and home.is_open(),
        f"要交给{box.organisation.name}或者它下面还在的组织来筛。",
    )


def may_set_levels(actor: Actor, box: Box) -> Verdict:
    """Say which levels a call has: whoever sets it up, before the first suggestion is made."""
    return Verdict.of(
        actor.holds(box.organisation.path, KEEPERS),
        f"层级由{box.organisation.name}或上级的书记、副书记、活动办来定。",
    ) & Verdict.of(
        not box.suggestions.exists(), "已经有建议在筛，层级不能再改，否则前面的人就白筛了。"
    )


# --- screening ----------------------------------------------------------------------------------
def screens(actor: Actor, body: Organisation, box: Box) -> Verdict:
    """Whether ``actor`` is one of those who screen at ``body``."""
    named = body.pk == box.organisation_id and actor.is_person(box.collator)
    return Verdict.of(
        named or actor.holds_at(body.path, SCREENERS) or actor.holds(body.path, KEEPERS),
        f"这一级由{body.name}的书记、副书记、委员、组长、活动办来筛。",
    ) & Verdict.of(actor.person and actor.hat, "筛选要用本人的账号。")


def not_mine(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Nobody says of the own suggestion what becomes of it."""
    me = actor.person.pk if actor.person else None
    mine = any(each.person_id == me for each in suggestion.contributors.all() if each.person_id)
    return Verdict.of(not mine, "这是您自己的建议，要由别人来定。")


def may_screen(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Choose it, leave it out or return it at its level."""
    return (
        screens(actor, suggestion.holder, suggestion.box)
        & not_mine(actor, suggestion)
        & _in(suggestion, (SuggestionState.WAITING,), "不在等着筛")
    )


def may_screen_again(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Take back a verdict, with a reason."""
    states = (SuggestionState.CHOSEN, SuggestionState.NOT_CHOSEN, SuggestionState.DECLINED)
    return (
        screens(actor, suggestion.holder, suggestion.box)
        & not_mine(actor, suggestion)
        & _in(suggestion, states, "不能重新筛")
        & _free(suggestion)
        & Verdict.of(
            not (suggestion.composite and suggestion.level_id == suggestion.began_at_id),
            "综合稿是这一级自己编的，不用筛；要改，点“改综合稿”。",
        )
    )


def may_merge(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Merge one that says the same into another."""
    return (
        screens(actor, suggestion.holder, suggestion.box)
        & Verdict.of(not suggestion.composite, "综合稿不能并入别的。")
        & _in(suggestion, OPEN, "不能并")
        & _free(suggestion)
    )


def may_part(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Part one from that into which it was merged."""
    return screens(actor, suggestion.holder, suggestion.box) & _in(
        suggestion, (SuggestionState.MERGED,), "没有并入别的"
    )


def may_rewrite(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Complete what was returned: whoever made it by name, or the body it comes from."""
    mine = not not_mine(actor, suggestion)
    return Verdict.of(
        mine or screens(actor, suggestion.home, suggestion.box),
        f"补充由建议人自己，或者{suggestion.home.name}来写。",
    ) & _in(suggestion, (SuggestionState.RETURNED,), "没有退回来")


def may_withdraw(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Withdraw it: whoever made it by name, as long as it is not decided; a piece: its body."""
    mine = not not_mine(actor, suggestion)
    if suggestion.composite:
        return screens(actor, suggestion.home, suggestion.box) & _in(
            suggestion, (SuggestionState.CHOSEN,), "报上去的先撤回上报，再撤销"
        )
    return (
        Verdict.of(mine, "只有署名的建议人自己可以撤回。")
        & _in(suggestion, OPEN, "不能再撤回")
        & _free(suggestion)
    )


# --- going up -----------------------------------------------------------------------------------
def may_compose(actor: Actor, box: Box, level: CallLevel, body: Organisation) -> Verdict:
    """Compose a piece of what was chosen at ``body``."""
    return screens(actor, body, box) & Verdict.of(
        not level.passes_on, f"{level.title}选上的直接往上送，不用合稿。"
    )


def may_recompose(actor: Actor, piece: Suggestion) -> Verdict:
    """Change a piece that is not up, or was returned."""
    states = (SuggestionState.CHOSEN, SuggestionState.RETURNED)
    return (
        Verdict.of(piece.composite, "这不是综合稿。")
        & screens(actor, piece.home, piece.box)
        & _in(piece, states, "报上去以后不能再改，要改先撤回上报")
    )


def may_go_up(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Bring what was chosen to the level above; how many may go is asked under a lock."""
    return (
        screens(actor, suggestion.holder, suggestion.box)
        & _in(suggestion, (SuggestionState.CHOSEN,), "不是选上的")
        & _free(suggestion)
        & Verdict.of(
            suggestion.composite or not suggestion.level.as_piece,
            f"{suggestion.level.title}要把选上的合成一份再上报，请先编综合稿。",
        )
    )


def has_place(level: CallLevel, body: Organisation) -> Verdict:
    """Whether one more may go up from ``level`` of ``body``: no more than the call allows."""
    if level.most_up is None:
        return Verdict.yes()
    taken = Ascent.objects.filter(level=level, organisation=body, freed_on=None)
    rows = list(taken.select_related("suggestion")[: level.most_up])
    if len(rows) < level.most_up:
        return Verdict.yes()
    last = rows[-1]
    return Verdict.no(
        f"{level.title}最多上报 {level.most_up} 份，名额已经用完：《{last.suggestion.title}》"
        f"{last.went_on.month}月{last.went_on.day}日已经报上去了。"
        "要换一份，先撤回它并写明原因。"
    )


def may_call_back(actor: Actor, suggestion: Suggestion, ascent: Ascent | None) -> Verdict:
    """Call back what went up, with a reason, as long as the level above has said nothing."""
    states = (SuggestionState.WAITING, SuggestionState.RETURNED)
    body = ascent.organisation if ascent else suggestion.home
    return (
        Verdict.of(ascent, "没有上报过，不用撤回。")
        & screens(actor, body, suggestion.box)
        & _in(suggestion, states, "上级已经有了结论，不能撤回")
    )


# --- adopting -----------------------------------------------------------------------------------
def may_decide(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Adopt or decline what was chosen: the keepers of the body that has it."""
    body = suggestion.holder
    return (
        Verdict.of(
            actor.holds(body.path, KEEPERS) and actor.person,
            f"采不采纳由{body.name}的书记、副书记、活动办来定。",
        )
        & not_mine(actor, suggestion)
        & _in(suggestion, (SuggestionState.CHOSEN,), "选上了才能定采不采纳")
    )


def may_carry_out(actor: Actor, adoption: Adoption) -> Verdict:
    """Say what came of it, or where it went: the owner or the keepers of the body."""
    body = adoption.organisation
    return Verdict.of(
        actor.person and (actor.is_person(adoption.owner) or actor.holds(body.path, KEEPERS)),
        f"办的结果由{adoption.owner.name}或者{body.name}的书记、副书记、活动办来写。",
    )


def may_reward(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Note a reward for those who made it: the keepers of the box or of the body that has it."""
    bodies = (suggestion.box.organisation, suggestion.holder)
    return (
        Verdict.of(
            actor.person and any(actor.holds(body.path, KEEPERS) for body in bodies),
            f"奖励由{suggestion.box.organisation.name}的书记、副书记、活动办来定。",
        )
        & not_mine(actor, suggestion)
        & Verdict.of(
            suggestion.state in (SuggestionState.CHOSEN, SuggestionState.ADOPTED),
            "选上或者采纳的建议才有奖励。",
        )
    )


def may_hand_out(actor: Actor, box: Box) -> Verdict:
    """Hand out a reward to whoever says the code."""
    return Verdict.of(
        actor.holds(box.organisation.path, KEEPERS) or actor.is_person(box.collator),
        f"奖励由{box.organisation.name}的书记、副书记、活动办来发。",
    )


def _in(suggestion: Suggestion, states: tuple[str, ...], otherwise: str) -> Verdict:
    now = SuggestionState(suggestion.state).label
    return Verdict.of(suggestion.state in states, f"这条现在是“{now}”，{otherwise}。")


def _free(suggestion: Suggestion) -> Verdict:
    """Whether it stands in no piece."""
    part = suggestion.stands_in.filter(until=None).select_related("piece").first()
    return Verdict.of(
        part is None, f"已经编入综合稿《{part.piece.title if part else ''}》，要动先从里面拿出来。"
    )
