from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "zhengyou.people"
    label = "people"
    verbose_name = "组织和人"
