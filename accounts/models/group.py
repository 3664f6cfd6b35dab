from django.conf import settings
from django.db import models


class Group(models.Model):
    """A team of agents. Every assigned ticket belongs to one."""

    name = models.CharField(max_length=100, unique=True)
    description = models.CharField(max_length=500, blank=True, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    members: "models.ManyToManyField" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="accounts.Membership", related_name="agent_groups"
    )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An agent in a group; the default group is the one an assignment without a group implies."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="membership_once"),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(is_default=True),
                name="membership_one_default_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.group_id}"
