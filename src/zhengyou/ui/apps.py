from django.apps import AppConfig

from zhengyou.ui import wording


class UiConfig(AppConfig):
    name = "zhengyou.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        wording.speak_plainly()
