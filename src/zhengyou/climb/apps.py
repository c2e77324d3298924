from django.apps import AppConfig


class ClimbConfig(AppConfig):
    name = "zhengyou.climb"
    label = "climb"
    verbose_name = "逐级"
