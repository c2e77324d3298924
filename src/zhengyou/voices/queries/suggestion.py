"""All there is to see of one suggestion or piece."""

from dataclasses import dataclass
from typing import Any

from zhengyou.kernel import onward
from zhengyou.kernel.onward import Onward
from zhengyou.kernel.refs import Target, resolve
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.voices import rules
from zhengyou.voices.actions.climbing import last_ascent
from zhengyou.voices.ladder import Ladder
from zhengyou.voices.models import Adoption, Contributor, Reward, Screening, Suggestion
from zhengyou.voices.queries.authors import contributors_of
from zhengyou.voices.queries.ideas import alike, badge_of, benefit_words, state_of


@dataclass(frozen=True, slots=True)
class View:
    """One suggestion as its page shows it; ``may`` by verb."""

    suggestion: Suggestion
    badge: tuple[str, str]
    contributors: list[Contributor]
    steps: list[Screening]
    parts: list[Suggestion]
    merged: list[Suggestion]
    piece: Suggestion | None
    like: list[Suggestion]
    adoption: Adoption | None
    adoption_badge: tuple[str, str]
    benefit: str
    entered: Target | None
    rewards: list[Reward]
    may: dict[str, Verdict]
    onward: Onward


def view_of(actor: Actor, row: Suggestion) -> View:
    """Return what the page of a suggestion shows."""
    adoption = Adoption.objects.filter(suggestion=row).select_related("owner", "organisation")
    adopted = adoption.prefetch_related("benefits").first()
    people = contributors_of(row)
    part = row.stands_in.filter(until=None).select_related("piece").first()
    parts = row.parts.filter(until=None).select_related("suggestion").order_by("order")
    return View(
        row,
        badge_of(row),
        people,
        list(row.screenings.select_related("level", "organisation", "to").order_by("pk")),
        [each.suggestion for each in parts],
        list(row.merged.order_by("pk")),
        part.piece if part else None,
        alike([row]).get(row.pk, []),
        adopted,
        state_of(adopted) if adopted else ("", ""),
        benefit_words(adopted) if adopted else "",
        resolve(adopted.entered, actor) if adopted and adopted.entered else None,
        list(Reward.objects.filter(contributor__in=people).select_related("contributor__person")),
        _verdicts(actor, row, adopted),
        onward.of(row.ref, actor),
    )


def _verdicts(actor: Actor, row: Suggestion, adopted: Adoption | None) -> dict[str, Any]:
    found = {
        "screen": rules.may_screen(actor, row),
        "again": rules.may_screen_again(actor, row),
        "part": rules.may_part(actor, row),
        "merge": rules.may_merge(actor, row),
        "rewrite": rules.may_rewrite(actor, row),
        "withdraw": rules.may_withdraw(actor, row),
        "up": rules.may_go_up(actor, row),
        "back": rules.may_call_back(actor, row, last_ascent(row)),
        "decide": rules.may_decide(actor, row),
        "reward": rules.may_reward(actor, row),
        "recompose": rules.may_recompose(actor, row),
    }
    if found["up"]:
        top = Ladder(row.box).after(row.level, row.home) is None
        found["up"] = Verdict.of(not top, "已经是最后一级。") & rules.has_place(
            row.level, row.holder
        )
    if adopted is not None:
        found["carry"] = rules.may_carry_out(actor, adopted)
    return found
