"""Addresses of 工作台."""

from django.urls import path

from zhengyou.desk import views

app_name = "desk"
urlpatterns = [
    path("desk/", views.today, name="today"),
    path("desk/find/", views.find, name="find"),
]
