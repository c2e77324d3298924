"""``zhengyou blueprint``: check a blueprint file, list those that ship, save a campaign as one."""

from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from zhengyou.campaigns import blueprint
from zhengyou.campaigns.models import Campaign


class Command(BaseCommand):
    help = "活动蓝图：检查、列出、存成文件"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="check|list|dump")
        check = what.add_parser("check", help="检查一份蓝图，有错按行列出来")
        check.add_argument("file", type=Path, help="蓝图文件")
        what.add_parser("list", help="列出现成的蓝图")
        dump = what.add_parser("dump", help="把一个活动照现在的样子存成蓝图，打印出来")
        dump.add_argument("campaign", help="活动的公开编号，在活动页的网址里")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "check":
            self._check(options["file"])
        elif what == "list":
            self._list()
        else:
            self._dump(options["campaign"])

    def _check(self, path: Path) -> None:
        try:
            found = blueprint.check(blueprint.decode(path.read_bytes()))
        except OSError as problem:
            self._fail(f"读不到文件“{path}”（{problem.strerror}），请检查文件名和路径。")
        except blueprint.Flawed as flawed:
            self._fail(f"“{path}”有 {len(flawed.problems)} 处要改：", *map(str, flawed.problems))
        self.stdout.write(f"“{path}”没有错。它是这样说的：")
        for label, lines in found.summary():
            self.stdout.write(f"\n{label}")
            for line in lines:
                self.stdout.write(f"  {line}")

    def _list(self) -> None:
        for each in blueprint.shipped():
            wrong = f"（有 {len(each.problems)} 处错）" if each.problems else ""
            self.stdout.write(f"{each.name}　{each.title}{wrong}　{each.path}")

    def _dump(self, uid: str) -> None:
        try:
            campaign = Campaign.objects.get(uid=UUID(uid))
        except (ValueError, Campaign.DoesNotExist):
            self._fail(f"没有编号是“{uid}”的活动，编号在活动页的网址里。")
        self.stdout.write(blueprint.dump(campaign), ending="")

    def _fail(self, *lines: str) -> NoReturn:
        for line in lines:
            self.stderr.write(line)
        raise SystemExit(1)
