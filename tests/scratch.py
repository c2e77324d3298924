"""A private folder for each test process, gone when the run is over."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path


@cache
def folder() -> Path:
    """Return this process's own scratch folder.

    The first process of a run makes the run's folder and removes it at the end; workers of
    pytest-xdist, which may end without any clearing up, make theirs inside it.
    """
    run = os.environ.get("ZHENGYOU_TEST_RUN")
    if run is None:
        run = tempfile.mkdtemp(prefix="zhengyou-test-")
        os.environ["ZHENGYOU_TEST_RUN"] = run
        atexit.register(shutil.rmtree, run, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix="var-", dir=run))
