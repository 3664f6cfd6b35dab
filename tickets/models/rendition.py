from django.db import models

from tickets.models.attachment import Attachment


class Rendition(models.Model):
    """A small picture of a file, made when it was first looked at and kept under `key`.

    `number` 0 is the file's first page, or the picture itself. An empty key says that none can be
    made: nobody tries it again.
    """

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="renditions")
    number = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=80, blank=True, default="")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)  # of the whole file
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attachment", "number"], name="rendition_once")
        ]

    def __str__(self) -> str:
        return f"picture {self.number} of file {self.attachment_id}"
