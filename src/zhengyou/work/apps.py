from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "zhengyou.work"
    label = "work"
    verbose_name = "任务·纪实"
