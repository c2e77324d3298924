from django.apps import AppConfig


class RemarksConfig(AppConfig):
    name = "zhengyou.remarks"
    label = "remarks"
    verbose_name = "群众意见"
