"""The ``zhengyou`` command: every management command of the product under one name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run ``zhengyou COMMAND …``; ``zhengyou help`` lists the commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengyou.site.settings")
    execute_from_command_line(["zhengyou", *sys.argv[1:]])


if __name__ == "__main__":
    main()
