from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "zhengyou.kernel"
    label = "kernel"
    verbose_name = "基础"
