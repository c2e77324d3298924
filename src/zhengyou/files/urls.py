from django.urls import path

from zhengyou.files.views.download import download

app_name = "files"
urlpatterns = [path("<uuid:uid>/", download, name="download")]
