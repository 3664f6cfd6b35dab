from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("macros", "0007_automation_pause")]

    operations = [
        migrations.AddField(
            model_name="metricevent",
            name="written_at",
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.RemoveIndex(model_name="metricevent", name="metric_event_by_time"),
        migrations.AddIndex(
            model_name="metricevent",
            index=models.Index(fields=["written_at", "id"], name="metric_event_for_export"),
        ),
    ]
