"""How the public sees who pledged: in full, by surname, or not at all, as the campaign says.

Whatever is shown of a person in public goes through here, the post too: 食堂管理员 is a name where
there is one canteen.
"""

from dataclasses import dataclass

from zhengyou.campaigns.models import NameStyle
from zhengyou.pledges.models import Pledge

HIDDEN = "党员（名字隐去）"
_COMPOUND = """
欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 长孙 宇文 司徒 司空 令狐 澹台 东方 南宫 独孤 端木
万俟 百里 呼延 轩辕 钟离 闻人 申屠 太史 公冶 濮阳 淳于 公羊 西门 第五 宗政 赫连 拓跋 东郭 南门
羊舌 微生 梁丘 左丘 公西 漆雕 乐正 壤驷 公良 夹谷 宰父 谷梁 仲孙 鲜于 闾丘
"""
_TWO_CHARACTERS = frozenset(_COMPOUND.split())


@dataclass(frozen=True, slots=True)
class Shown:
    """Who pledged, as one may read it: ``name`` and a line below it."""

    name: str
    role: str
    org: bool

    @property
    def possessive(self) -> str:
        """The beginning of a title: 宋知行的承诺."""
        return f"{self.name}的承诺"


def surname(name: str) -> str:
    """Return the surname; of a name with a dot in it, which has none, the first character."""
    size = 2 if name[:2] in _TWO_CHARACTERS and len(name) > 2 else 1
    return name[:size]


def in_public(pledge: Pledge) -> Shown:
    """Return how the wall names who made ``pledge``, by ``campaign.wall_names``."""
    if pledge.person is None:
        return Shown(pledge.organisation.name, "党组织的承诺", True)
    style = pledge.campaign.wall_names
    if style == NameStyle.FULL:
        return in_full(pledge)
    if style == NameStyle.SURNAME:
        return Shown(f"{surname(pledge.person.name)}同志", pledge.organisation.name, False)
    return Shown(HIDDEN, pledge.organisation.name, False)


def in_full(pledge: Pledge) -> Shown:
    """Return who made ``pledge`` for those who see it from within."""
    if pledge.person is None:
        return Shown(pledge.organisation.name, "党组织的承诺", True)
    return Shown(pledge.person.name, pledge.person.work or pledge.organisation.name, False)
