from django.urls import path

from zhengyou.files.views.download import download

app_name = "files"
urlpatterns = [path("files/<uuid:uid>/", download, name="download")]
