from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "zhengyou.kernel"
    label = "kernel"
    verbose_name = "基础"

    def ready(self) -> None:
        """Teach all fields the lookups of the house."""
        from zhengyou.kernel import lookups  # noqa: F401
