"""Brings a machine's data up to this version of the product. Repeatable; deletes nothing."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from zhengyou.site import private


def run() -> Iterator[str]:
    """Do what is still to do, yielding one line in Chinese for each thing done.

    Raises:
        CommandError: the database cannot be reached.
    """
    yield from private.tighten(settings.VAR)
    if _migrations_wait():
        call_command("migrate", interactive=False, verbosity=0)
        yield "数据库已升级到当前版本"
    call_command("createcachetable", verbosity=0)
    mark = settings.VAR / "static.mark"
    wanted = _static_mark()
    if not mark.exists() or mark.read_text() != wanted:
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(wanted)
        yield "页面用的样式和脚本已备好"


def _migrations_wait() -> bool:
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as problem:
        raise CommandError(
            f"连不上数据库，请检查 DATABASE_URL 和数据库是否已启动：{problem}"
        ) from problem
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _static_mark() -> str:
    """Return a text that changes whenever collecting static files could give another result."""
    mark = hashlib.sha256(f"{version('django')} {version('whitenoise')}".encode())
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            mark.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return mark.hexdigest()
