import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("macros", "0004_webhooks")]

    operations = [
        migrations.AddField(
            model_name="automationdue",
            name="held_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="automationdue",
            name="has_failed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="automationdue",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)),
                fields=["automation", "due_at", "id"],
                name="automation_due_next",
            ),
        ),
        migrations.CreateModel(
            name="AutomationSweep",
            fields=[
                (
                    "automation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sweep",
                        serialize=False,
                        to="macros.automation",
                    ),
                ),
                ("stamp", models.CharField(max_length=200)),
                ("through", models.BigIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
