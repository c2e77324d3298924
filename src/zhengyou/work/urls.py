"""Addresses of duties and records. Each part of the room brings its own list."""

from django.urls import include, path

from zhengyou.work.views import duties, heat_map

app_name = "work"
urlpatterns = [
    path("duties/", duties.mine, name="mine"),
    path("duties/of/<uuid:organisation>/", duties.body, name="body"),
    path("duties/<uuid:uid>/of/<uuid:organisation>/", duties.rows, name="rows"),
    path("duties/map/<uuid:campaign>/<uuid:organisation>/", heat_map.heat_map, name="map"),
    path(
        "duties/map/<uuid:campaign>/<uuid:organisation>/workbook.xlsx",
        heat_map.heat_map_workbook,
        name="map_workbook",
    ),
    path(
        "duties/map/<uuid:campaign>/<uuid:organisation>/data.json",
        heat_map.heat_map_data,
        name="map_data",
    ),
    path("", include("zhengyou.work.urls_duties")),
    path("", include("zhengyou.work.urls_records")),
    path("", include("zhengyou.work.urls_reports")),
    path("", include("zhengyou.work.urls_service")),
]
