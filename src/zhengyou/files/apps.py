from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "zhengyou.files"
    label = "files"
    verbose_name = "附件"
