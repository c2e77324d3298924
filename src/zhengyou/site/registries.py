"""What the house teaches itself when it starts: the parts of a blueprint, where references lead,
how facts read. The apps say it; only this module knows all of them.
"""

from collections.abc import Mapping

from zhengyou.campaigns import blueprint
from zhengyou.campaigns import refs as campaigns
from zhengyou.kernel import refs
from zhengyou.ledger.book import label_verbs
from zhengyou.papers import refs as papers
from zhengyou.people import refs as people
from zhengyou.pledges import refs as pledges
from zhengyou.pledges.blueprint import PledgeSection

RESOLVERS: Mapping[str, refs.Resolver] = {
    **people.RESOLVERS,
    **campaigns.RESOLVERS,
    **pledges.RESOLVERS,
    **papers.RESOLVERS,
}
VERBS: Mapping[str, str] = {
    **people.VERBS,
    **campaigns.VERBS,
    **papers.VERBS,
    **pledges.VERBS,
}


def fill() -> None:
    """Fill all registries; doing it twice changes nothing."""
    blueprint.register(PledgeSection())
    for kind, resolver in RESOLVERS.items():
        refs.register(kind, resolver)
    label_verbs(VERBS)
