from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "zhengyou.inspections"
    label = "inspections"
    verbose_name = "督查"
