"""The format of blueprint files, and how older ones are read.

``format = N`` stands at the top of a file. When the format changes, ``FORMAT`` grows by one and
``UPGRADES`` gains the function that turns the values of the former into the present one.
"""

from collections.abc import Callable
from typing import Any

from zhengyou.campaigns.blueprint.table import Reading

FORMAT = 1
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""Old format → function from its values to those of the next format."""


def upgrade(reading: Reading) -> bool:
    """Bring the values of ``reading`` to the present format; False where that is not possible.

    Takes ``format`` out of the values, so that nobody below meets it.
    """
    given = reading.values.get("format")
    if given is None:
        reading.problem((), "没有写 format", f"请在文件最上面加一行 format = {FORMAT}")
    elif type(given) is not int or given < 1:
        reading.problem(("format",), "format 写得不对", f"请写成 format = {FORMAT}，不加引号")
    elif given > FORMAT:
        reading.problem(
            ("format",),
            f"这份蓝图是 format = {given}，比程序认识的 {FORMAT} 新",
            "请先升级程序，再用这份蓝图",
        )
    else:
        for old in range(given, FORMAT):
            reading.values = UPGRADES[old](reading.values)
        reading.values = {key: value for key, value in reading.values.items() if key != "format"}
        return True
    return False
