"""Object storage from one URL: s3://key:secret@bucket?endpoint=https://…&region=…"""

from urllib.parse import parse_qs, unquote, urlsplit


def options_from_url(url: str) -> dict[str, object]:
    """The options of django-storages for a STORAGE_URL. Raises ValueError for another scheme."""
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname:
        raise ValueError("STORAGE_URL must look like s3://key:secret@bucket?endpoint=https://host")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return {
        "bucket_name": parts.hostname,
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "endpoint_url": query.get("endpoint"),
        "region_name": query.get("region"),
        "default_acl": None,
        "querystring_auth": True,
        "file_overwrite": False,
    }
