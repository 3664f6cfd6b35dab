from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """What every page's frame needs."""
    return {}
