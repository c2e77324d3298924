"""Finds the body that a roster means by 所在党支部 and 所在党小组.

People write 育新小学党支部, 育新小学支部, 育新小学, 中共澜阳县教育局委员会育新小学支部委员会.
A name counts where it can mean one body only; else the nearest names are listed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from zhengyou.kernel import paths
from zhengyou.kernel.texts import half_width
from zhengyou.people.models import Family, Kind, Organisation

NEAREST = 3
SEPARATOR = "／"  # between a body and the one above it, where the name alone could mean two


class Body(NamedTuple):
    """What is needed of an organisation here."""

    pk: int
    name: str
    path: str
    kind: str
    founded_on: date


class Unknown(Exception):
    """No body, or more than one, is meant."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def plain(name: str) -> str:
    """Return a body's name in the one short form by which names are compared."""
    text = re.sub(r"[\s/>\-—_,，、·]", "", half_width(name))
    text = re.sub("中国共产党|中共", "", text)
    text = re.sub("(党?支部)(委员会)?", "支部", text)
    text = re.sub("(党?总支部?)(委员会)?", "总支", text)
    return re.sub("(党的)?(党委|委员会)", "党委", text)


def stem(name: str) -> str:
    """Return a plain name without the word for what kind of body it is."""
    return re.sub("(支部|总支|党委|党小组|小组)$", "", plain(name))


class _Names(NamedTuple):
    """How one branch may be written, worked out once."""

    body: Body
    plain: str
    stem: str
    chain: str  # with all names above it in front
    above: str  # the stems of what is above it


class Branches:
    """The open branches at or below a body, and their groups. Two queries, then none."""

    def __init__(self, top: Organisation) -> None:
        rows = Organisation.objects.filter(
            paths.within("path", top.path), family=Family.PARTY, closed_on=None
        ).order_by("path")
        self.top = top
        bodies = [Body(*row) for row in rows.values_list(*Body._fields)]
        self.by_pk = {body.pk: body for body in bodies}
        above = Organisation.objects.filter(path__in=paths.ancestors(top.path))
        self._name_at = dict(above.values_list("path", "name"))
        self._name_at |= {body.path: body.name for body in bodies}
        self._branches = [self._named(body) for body in bodies if body.kind == Kind.BRANCH]
        self._higher = {
            plain(body.name): body
            for body in bodies
            if body.kind not in (Kind.BRANCH, Kind.PARTY_GROUP)
        }
        self._groups: dict[str, list[Body]] = defaultdict(list)
        for body in bodies:
            if body.kind == Kind.PARTY_GROUP:
                self._groups[paths.parent(body.path)].append(body)
        self._by_plain: dict[str, list[_Names]] = defaultdict(list)
        self._by_stem: dict[str, list[_Names]] = defaultdict(list)
        for names in self._branches:
            self._by_plain[names.plain].append(names)
            self._by_stem[names.stem].append(names)
        self._uses = Counter(names.plain for names in self._branches)
        self._found: dict[str, Body | Unknown] = {}

    def _named(self, body: Body) -> _Names:
        above = [self._name_at.get(path, "") for path in paths.ancestors(body.path)]
        chain = plain("".join((*above, body.name)))
        return _Names(body, plain(body.name), stem(body.name), chain, "".join(map(stem, above)))

    @property
    def only(self) -> Body | None:
        """The branch that a roster without 所在党支部 goes to, if the body is one."""
        return self.by_pk.get(self.top.pk) if self.top.kind == Kind.BRANCH else None

    def find(self, text: str) -> Body:
        """Return the branch that ``text`` means, or the committee of exactly that name.

        Raises:
            Unknown: none or several; the remedy lists the nearest names.
        """
        if text not in self._found:
            try:
                self._found[text] = self._look_up(text)
            except Unknown as unknown:
                self._found[text] = unknown
        found = self._found[text]
        if isinstance(found, Unknown):
            raise found
        return found

    def _look_up(self, text: str) -> Body:
        wanted = plain(text)
        for found in self._readings(wanted):
            if len(found) == 1:
                return found[0].body
            if found:
                shown = "、".join(f"“{self.full_name(names.body)}”" for names in found[:5])
                raise Unknown(f"有 {len(found)} 个支部都可能是它。", f"写成其中一个：{shown}。")
        if wanted in self._higher:
            return self._higher[wanted]
        if self.only is not None:
            raise Unknown(
                f"这次只导入{self.top.name}，这里写的不是它。",
                f"写“{self.top.name}”或者空着；别的支部的人，到那个支部或者上级去导入。",
            )
        raise Unknown(f"{self.top.name}下面没有这个党支部。", self._nearest(wanted))

    def _readings(self, wanted: str) -> Iterator[list[_Names]]:
        """Yield which branches a plain name may mean, the strictest reading first.

        Nearly every name is met by the first one, which looks it up; the later ones go through
        all branches.
        """
        yield self._by_plain.get(wanted, [])
        yield [names for names in self._branches if wanted and names.chain.endswith(wanted)]
        yield self._by_stem.get(root, []) if (root := stem(wanted)) else []
        yield [names for names in self._branches if _is_long_form(names, wanted)]

    def _nearest(self, wanted: str) -> str:
        body_of = {names.plain: names.body for names in self._branches}
        near = get_close_matches(wanted, body_of, n=NEAREST, cutoff=0.3)
        shown = [body_of[name] for name in near] or list(body_of.values())[:NEAREST]
        if not shown:
            return f"{self.top.name}下面还没有党支部，请先在“组织”里建立。"
        words = "、".join(f"“{body.name}”" for body in shown)
        return f"改成这里有的支部，最像的是{words}。"

    def names(self) -> list[str]:
        """Return the names of all branches as :meth:`find` understands them."""
        return [self.full_name(names.body) for names in self._branches]

    def is_branch(self, pk: int) -> bool:
        """Tell whether a body found is a branch."""
        return self.by_pk[pk].kind == Kind.BRANCH

    def full_name(self, body: Body) -> str:
        """Return a name of a branch that :meth:`find` understands: short where it is alone."""
        if self._uses[plain(body.name)] < 2:
            return body.name
        return f"{self._name_at.get(paths.parent(body.path), '')}{SEPARATOR}{body.name}"

    def find_group(self, branch: Body, text: str) -> Body:
        """Return the group of ``branch`` that ``text`` means.

        Raises:
            Unknown: there is none of that name.
        """
        groups = self._groups[branch.path]
        for short in (plain, stem):
            found = [body for body in groups if short(body.name) == short(text) != ""]
            if len(found) == 1:
                return found[0]
        if not groups:
            raise Unknown(f"{branch.name}没有分党小组。", "删去这一格，或者先在“组织”里建党小组。")
        words = "、".join(f"“{body.name}”" for body in groups[:6])
        raise Unknown(f"{branch.name}没有这个党小组。", f"改成这里有的：{words}；不分小组就空着。")


def _is_long_form(names: _Names, wanted: str) -> bool:
    """Tell whether ``wanted`` is the branch's name with some of the names above it in front."""
    before = wanted.removesuffix(names.plain)
    bare = re.sub("党委|总支|支部", "", before)
    return before != wanted and len(bare) >= 2 and bare in names.above
