"""Lists every address of the product from the URL configuration itself."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def addresses() -> dict[str, str]:
    """Return name (``app:name``) → route of everything that can be asked for."""
    return dict(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from _walk(entry, route, space + inner)
        elif isinstance(entry, URLPattern):
            if not entry.name:
                raise AssertionError(f"the address {route} has no name")
            yield space + entry.name, route
