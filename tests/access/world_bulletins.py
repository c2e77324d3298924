"""Bulletins of the bureau in the states that their pages act on, about the finding of each side."""

from typing import Any

from tests.cast import Cast

from zhengyou.inspections.actions import bulletins
from zhengyou.inspections.actions.bulletins import Head
from zhengyou.inspections.models import Finding
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role


def bulletins_of(cast: Cast, finding: Finding) -> dict[str, Any]:
    """Return a draft, one that waits for the signature, one that is signed, and two that are out:
    to the bureau's bodies, and to everybody."""
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    head = acting_as(cast.qin, Role.SECRETARY)
    made = {}
    names = ("draft", "waiting", "signed", "out", "public")
    for number, name in enumerate(names, 1):
        words = Head(
            f"第{number}次抽查通报", f"澜教督通〔2026〕{number}号", cast.bureau, name == "public"
        )
        one = made[f"bulletin_{name}"] = bulletins.begin(office, cast.bureau, words, [finding])
        if number > 1:
            bulletins.submit(office, one)
        if number > 2:
            bulletins.approve(head, one)
        if number > 3:
            bulletins.publish(office, one)
    return {**made, "article": made["bulletin_draft"].articles.get()}
