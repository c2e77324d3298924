"""How surveys, talks, discussions and complaints differ from other boxes; ``site`` registers it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhengyou.voices.kinds import Manner
from zhengyou.voices.models import Box, BoxKind, BoxPlace
from zhengyou.voices.views import meetings, surveys, topics


def _complaints(request: HttpRequest, box: Box, at: BoxPlace | None) -> HttpResponse:
    """Lead to the page that asks which form or duty is meant."""
    return redirect("voices:burden", box.organisation.uid)


MANNERS: Mapping[BoxKind, Manner] = {
    BoxKind.SURVEY: Manner(put_in=surveys.put_in, inside_part=surveys.inside_part),
    BoxKind.FORUM: Manner(public_part=meetings.public_part, inside_part=meetings.inside_part),
    BoxKind.TOPIC: Manner(public_part=topics.public_part, inside_part=topics.inside_part),
    BoxKind.BURDEN: Manner(put_in=_complaints),
}
