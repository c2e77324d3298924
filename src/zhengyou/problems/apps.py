from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "zhengyou.problems"
    label = "problems"
    verbose_name = "问题整改"
