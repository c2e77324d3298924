from django.urls import path

from zhengyou.ui import views

app_name = "ui"
urlpatterns = [path("kit/", views.kit, name="kit")]
