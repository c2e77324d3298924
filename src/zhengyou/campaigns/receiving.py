"""Who sees, enters, passes down, studies and cites the documents of superiors (依据文件)."""

from collections.abc import Iterable

from django.db.models import Q

from zhengyou.campaigns.models import Campaign, Directive, Plan, is_receiver, received_by
from zhengyou.campaigns.rules import WRITERS, may_edit_campaign, may_edit_plan
from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import KEEPERS, OVERSEERS


def visible_directives(actor: Actor) -> Q:
    """Return which documents exist for ``actor``: what the own bodies received, and for posts
    that oversee, what bodies below entered.
    """
    seen = Q(pk__in=[])
    for body in own_bodies(actor):
        seen |= received_by(body)
    if actor.hat and actor.hat.role in OVERSEERS:
        seen |= paths.within("organisation__path", actor.hat.organisation.path)
    return seen


def own_bodies(actor: Actor) -> list[Organisation]:
    """Return the bodies of hat and memberships, each once."""
    bodies = [*actor.memberships, *([actor.hat.organisation] if actor.hat else [])]
    return list({body.pk: body for body in bodies}.values())


def may_see_inbox(actor: Actor, body: Organisation) -> Verdict:
    """See the list of a body's documents: its people, and the posts above that oversee."""
    own = any(each.pk == body.pk for each in own_bodies(actor))
    return Verdict.of(
        own or actor.holds(body.path, OVERSEERS), f"收文只给{body.name}的人和上级看。"
    )


def may_enter(actor: Actor, body: Organisation) -> Verdict:
    """Note down a document that ``body`` received."""
    return Verdict.of(
        actor.holds_at(body.path, WRITERS),
        f"登记收文由{body.name}的书记、副书记、活动办、记录员来办。",
    ) & Verdict.of(is_receiver(body), f"{body.name}不单独收文，请由党支部或上级党组织登记。")


def _in_force(directive: Directive) -> Verdict:
    return Verdict.of(directive.in_force, f"这份文件已经撤下：{directive.withdrawn_why}")


def may_edit_directive(actor: Actor, directive: Directive) -> Verdict:
    """Correct what was noted down: where it was entered."""
    body = directive.organisation
    return Verdict.of(
        actor.holds_at(body.path, WRITERS),
        f"这份文件是{body.name}登记的，由他们的书记、副书记、活动办、记录员来改。",
    ) & _in_force(directive)


def may_withdraw_directive(actor: Actor, directive: Directive) -> Verdict:
    """Take it down for everybody who has it: where it was entered."""
    body = directive.organisation
    return Verdict.of(
        actor.holds_at(body.path, KEEPERS),
        f"撤下文件由{body.name}的书记、副书记、活动办来办。",
    ) & _in_force(directive)


def says_why_directive(passed: bool, reason: str) -> Verdict:
    """What others have got already is changed only with a reason."""
    return Verdict.of(not passed or reason.strip(), "文件已经转发下去，改动要写明理由，记在账上。")


def has_received(body: Organisation, directive: Directive) -> bool:
    """Tell whether ``body`` has the document. One query."""
    return Directive.objects.filter(received_by(body), pk=directive.pk).exists()


def may_pass(actor: Actor, directive: Directive) -> Verdict:
    """Pass it down from the body whose hat is worn."""
    body = actor.hat.organisation if actor.hat else None
    if body is None or not actor.holds_at(body.path, KEEPERS):
        return Verdict.no("转发文件由书记、副书记、活动办来办。")
    return Verdict.of(has_received(body, directive), f"{body.name}没有收到这份文件。") & _in_force(
        directive
    )


def may_mark_studied(actor: Actor, directive: Directive) -> Verdict:
    """Note that the body whose hat is worn has conveyed and studied it."""
    body = actor.hat.organisation if actor.hat else None
    if body is None or not actor.holds_at(body.path, WRITERS):
        return Verdict.no("登记传达学习由本组织的书记、副书记、活动办、记录员来办。")
    return Verdict.of(has_received(body, directive), f"{body.name}没有收到这份文件。") & _in_force(
        directive
    )


def studies_top(actor: Actor) -> str | None:
    """Return the path at and below which ``actor`` sees who has studied; None: nobody's."""
    if actor.hat is None or actor.hat.role not in OVERSEERS:
        return None
    return actor.hat.organisation.path


def may_cite_in_plan(actor: Actor, plan: Plan) -> Verdict:
    """Choose the documents that a plan rests on: as long as it is being written."""
    return may_edit_plan(actor, plan)


def may_cite_in_campaign(actor: Actor, campaign: Campaign) -> Verdict:
    """Choose the documents that a campaign rests on."""
    return may_edit_campaign(actor, campaign)


def received_all(body: Organisation, chosen: Iterable[Directive], kept: Iterable[int]) -> Verdict:
    """Nobody cites what the body did not receive, nor anew what was taken down.

    Args:
        kept: keys of what is cited already and may stay.
    """
    wanted = {row.pk: row for row in chosen if row.pk not in set(kept)}
    known = set(
        Directive.objects.filter(
            received_by(body), pk__in=wanted, withdrawn_at__isnull=True
        ).values_list("pk", flat=True)
    )
    strange = [str(row) for pk, row in wanted.items() if pk not in known]
    return Verdict.of(
        not strange, f"{body.name}没有收到{'、'.join(strange)}，或者文件已经撤下，不能作依据。"
    )
