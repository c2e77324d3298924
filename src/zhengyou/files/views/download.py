"""Serving one attachment."""

from uuid import UUID

import structlog
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from zhengyou.files import rules, store
from zhengyou.files.models import Attachment

log = structlog.get_logger(__name__)


@require_safe
def download(request: HttpRequest, uid: UUID) -> FileResponse:
    """Send the file to keep, never to show: what it is was checked, what it does was not."""
    attachment = get_object_or_404(Attachment.objects.select_related("blob"), uid=uid)
    if not rules.is_visible(attachment, getattr(request, "actor", None)):
        raise Http404
    try:
        content = store.path_of(attachment.blob.sha256).open("rb")
    except FileNotFoundError:
        log.error("content_missing", attachment=str(uid), sha256=attachment.blob.sha256)
        raise Http404("这个附件的内容在存储里找不到了，请告诉系统管理员。") from None
    return FileResponse(
        content,
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.blob.media_type,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
