"""The frozen list as one text: all that a draw depends on but the seed. Same data, same bytes.

Lines end in LF; heads read ``键：值``, strata and bodies are columns parted by tabs. The file is
UTF-8 without a mark. Its SHA-256 is what is published before the seed is known.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

TITLE, VERSION = "争优抽样名单", "1"
LAYER, BODY = "层", "单位"
_HEADS = (
    "版式",
    "督查",
    "名称",
    "组织",
    "范围",
    "封存",
    "抽法",
    "种子来源",
    "种子日期",
    "种子",
    "备选",
)


class Spoilt(ValueError):
    """The text is not one that this module wrote; in Chinese."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A stratum: its number from 1, how many are drawn from it, what it is called."""

    number: int
    quota: int
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A body of the list: its stratum, its number in it from 1, and what it was then."""

    layer: int
    number: int
    uid: UUID
    name: str
    kind: str
    region: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """Everything that a draw depends on but the seed.

    Args:
        method: ``sha256`` or ``dice``.
        count, least, most: how many numbers the seed has (0: as many as it takes), and their range.
        in_order: whether they count as they came (dice), or from small to large (lottery).
        reserve: how many in reserve a stratum has; by hash all the rest stand in reserve.
    """

    uid: UUID
    title: str
    organisation: str
    scope: str
    frozen_on: date
    method: str
    source: str
    seed_on: date
    count: int
    least: int
    most: int
    in_order: bool
    reserve: int
    layers: tuple[Layer, ...]
    entries: tuple[Entry, ...]

    def of_layer(self, number: int) -> list[Entry]:
        """Return the bodies of a stratum, by number."""
        return [entry for entry in self.entries if entry.layer == number]

    @property
    def text(self) -> str:
        """The canonical text."""
        count = f"{self.count} 个数" if self.count else "需要几个掷几个"
        order = "按先后" if self.in_order else "从小到大"
        values = (
            VERSION, str(self.uid), self.title, self.organisation, self.scope,
            self.frozen_on.isoformat(), self.method, self.source, self.seed_on.isoformat(),
            f"{count}，{self.least} 到 {self.most}，{order}", str(self.reserve),
        )  # fmt: skip
        lines = [TITLE, *(f"{key}：{value}" for key, value in zip(_HEADS, values, strict=True))]
        lines += ["\t".join((LAYER, str(row.number), str(row.quota), row.label))
                  for row in self.layers]  # fmt: skip
        lines += [
            "\t".join((BODY, str(row.layer), str(row.number), str(row.uid), row.name, row.kind,
                       row.region))
            for row in self.entries
        ]  # fmt: skip
        return "\n".join(lines) + "\n"


def digest_of(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, in hex."""
    return sha256(text.encode()).hexdigest()


def read(text: str) -> Frozen:
    """Read a canonical text back.

    Raises:
        Spoilt: it is not one, or not of this version.
    """
    try:
        frozen = _read(text)
    except (ValueError, IndexError) as error:
        raise Spoilt("这不是封存的抽样名单，或者被改过。") from error
    if frozen.text != text:
        raise Spoilt("名单的写法不对：可能用别的软件打开后存过。请重新下载。")
    return frozen


def _read(text: str) -> Frozen:
    lines = text.split("\n")
    heads = dict(line.split("：", 1) for line in lines[1 : len(_HEADS) + 1])
    if lines[0] != TITLE or heads["版式"] != VERSION:
        raise ValueError("not a list of this version")
    rows = [line.split("\t") for line in lines[len(_HEADS) + 1 : -1]]
    seed, span, order = heads["种子"].split("，")
    least, most = span.split(" 到 ")
    return Frozen(
        UUID(heads["督查"]), heads["名称"], heads["组织"], heads["范围"],
        date.fromisoformat(heads["封存"]), heads["抽法"], heads["种子来源"],
        date.fromisoformat(heads["种子日期"]),
        int(seed.split(" ")[0]) if seed[0].isdigit() else 0, int(least), int(most),
        order == "按先后", int(heads["备选"]),
        tuple(Layer(int(row[1]), int(row[2]), row[3]) for row in rows if row[0] == LAYER),
        tuple(Entry(int(row[1]), int(row[2]), UUID(row[3]), *row[4:7])
              for row in rows if row[0] == BODY),
    )  # fmt: skip
