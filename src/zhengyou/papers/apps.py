from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "zhengyou.papers"
    label = "papers"
    verbose_name = "材料"
