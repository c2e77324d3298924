"""Addresses of 工作台."""

from django.urls import path

from zhengyou.desk.views import burden, desk, reminders

app_name = "desk"
urlpatterns = [
    path("desk/", desk.today, name="today"),
    path("desk/find/", desk.find, name="find"),
    path("desk/seen/", reminders.seen, name="seen"),
    path("desk/reminders/", reminders.reminders, name="reminders"),
    path("desk/reminders/confirm/<slug:code>/", reminders.confirm, name="reminders_confirm"),
    path("desk/calendars/", reminders.make_feed, name="feed_make"),
    path("desk/calendars/<uuid:uid>/revoke/", reminders.revoke_feed, name="feed_revoke"),
    path("desk/burden/", burden.meter, name="burden"),
    path("desk/burden/<uuid:uid>/", burden.meter, name="burden_of"),
    path("calendar/<slug:secret>.ics", reminders.feed, name="feed"),
]
