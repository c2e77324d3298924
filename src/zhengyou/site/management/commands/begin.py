"""``zhengyou begin``: the first body and the first administrator of an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError

from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions.beginning import begin
from zhengyou.people.models import Kind

KINDS = {str(kind.label): kind for kind in Kind}


class Command(BaseCommand):
    help = "在空库里开个头：设最上级组织和第一位系统管理员，打印开账号的邀请码。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the names and the kind."""
        parser.add_argument("--body", required=True, help="最上级组织的名称，如 澜阳县教育局党委")
        parser.add_argument("--kind", default="党委", choices=KINDS, help="它的类别，默认党委")
        parser.add_argument("--admin", required=True, help="系统管理员的姓名")

    def handle(self, *args: Any, body: str, kind: str, admin: str, **options: Any) -> None:
        """Found them and print the code once."""
        try:
            code = begin(body.strip(), KINDS[kind], admin.strip())
        except Refused as refusal:
            raise CommandError(refusal.reason) from None
        except (OperationalError, ProgrammingError):
            raise CommandError("库还没建好，请先运行 zhengyou prepare。") from None
        self.stdout.write(f"{body}设好了。{admin}的邀请码（只显示这一次）：{code}")
        self.stdout.write("请打开网站，按“登录”、“凭邀请码开账号”，开好账号后任命书记和活动办。")
