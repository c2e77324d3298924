"""Addresses of this room."""

from django.urls import URLPattern

app_name = "disclosure"
urlpatterns: list[URLPattern] = []
