"""The WSGI entry point for granian."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengyou.site.settings")
application = get_wsgi_application()
if settings.PROXIES:
    application = wrap_wsgi_with_proxy_headers(application, settings.PROXIES)
