"""Self-checks of one side of the world: of a member, of the body, and one that is not finished."""

from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.problems.actions.gathering import gather
from zhengyou.problems.actions.looking import Said, look
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.models import Look
from zhengyou.problems.queries.looking import items


def looking_of(
    side: str, lead: Actor, member: Actor, body: Organisation, campaign: Campaign
) -> dict[str, Any]:
    """Return the self-checks of ``body``, made today with the verbs of the house."""
    none = {item.pk: (Look.NONE, "") for item in items(campaign, body, None)}
    mine = {item.pk: (Look.NONE, "") for item in items(campaign, body, member.person)}
    return {
        f"own_check_{side}": look(member, campaign, body, member.person, Said(mine), done=True),
        f"body_check_{side}": look(lead, campaign, body, None, Said(none), done=True),
        f"kept_check_{side}": look(lead, campaign, body, None, Said(none), done=False),
    }


def common_of(
    office: Actor, body: Organisation, leads: list[tuple[Actor, Organisation]]
) -> dict[str, Any]:
    """Return a common problem of ``body``, gathered of one of each body below."""
    members = [
        raise_problem(lead, below, title="要填的表太多", source=below.ref) for lead, below in leads
    ]
    common = gather(office, body, members, title="各校要填的表太多")
    return {"common_problem": common, "common_member": members[0]}
