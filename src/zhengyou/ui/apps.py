from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "zhengyou.ui"
    label = "ui"
    verbose_name = "界面"
