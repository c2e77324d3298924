"""Addresses of this room. Below ``remarks.urls.APART`` nobody is known."""

from django.urls import path

from zhengyou.voices import urls_gathering
from zhengyou.voices.urls_ideas import urlpatterns as ideas
from zhengyou.voices.views import boxes, collating, members, paper, public

app_name = "voices"
urlpatterns = [
    *ideas,
    path("say/box/<uuid:uid>/", public.put_in, name="put_in"),
    path("say/box/<uuid:uid>/<uuid:place>/", public.put_in, name="put_in_at"),
    path("boxes/", boxes.mine, name="boxes"),
    path("boxes/of/<uuid:organisation>/", boxes.of_body, name="of_body"),
    path("boxes/of/<uuid:organisation>/new/", boxes.new, name="new"),
    path("boxes/<uuid:uid>/", collating.box, name="box"),
    path("boxes/<uuid:uid>/change/", boxes.change, name="change"),
    path("boxes/<uuid:uid>/move/", boxes.move, name="move"),
    path("boxes/<uuid:uid>/problem/", collating.problem, name="problem"),
    path("boxes/<uuid:uid>/print/", paper.printed, name="print"),
    path("boxes/<uuid:uid>/posters/", paper.posters, name="posters"),
    path("boxes/<uuid:uid>/forms/", paper.forms, name="forms"),
    path("boxes/<uuid:uid>/paper/", paper.enter, name="paper"),
    path("boxes/<uuid:uid>/sign/", members.sign, name="sign"),
    path("voices/signed/", members.signed, name="signed"),
    path("voices/heard/", members.heard, name="heard"),
    path("voices/<uuid:uid>/", collating.voice, name="voice"),
    *urls_gathering.urlpatterns,
]
