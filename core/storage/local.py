"""Files on the local disk, never below a folder that a web server serves."""

from django.core.files.storage import FileSystemStorage


class PrivateFiles(FileSystemStorage):
    """A storage without URLs: files leave only through views that check who asks."""

    def url(self, name: str | None) -> str:
        raise NotImplementedError("Files are served through web.files, which checks permissions.")
