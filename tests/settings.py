"""Settings of every test run: the product's own, on scratch data and without its slow parts.

``ZHENGYOU_TEST_DB=postgres`` runs on PostgreSQL (see ``tests/cluster.py``), else it is SQLite.
Neither the machine's own ``var`` nor its ``DATABASE_URL`` is ever read or written.
"""

import os

from tests import cluster, scratch

_url = cluster.url() if os.environ.get("ZHENGYOU_TEST_DB") == "postgres" else ""
for _name in list(os.environ):
    if _name.startswith("ZHENGYOU_") and not _name.startswith("ZHENGYOU_TEST_"):
        del os.environ[_name]  # The developer's own settings must not decide what a test sees.
os.environ["ZHENGYOU_VAR"] = str(scratch.folder())
os.environ["DATABASE_URL"] = _url

from zhengyou.site.settings import *  # noqa: E402, F403
from zhengyou.site.settings import DATABASES, STORAGES, VAR  # noqa: E402

TESTING = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {
    "default": {
        "BACKEND": "django.tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default"],
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)

if not _url:
    # A file, not memory: the threads of the live server and of the races need connections of
    # their own, as in the product. Nobody needs the data after a power cut.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
