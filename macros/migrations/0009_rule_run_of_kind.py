from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("macros", "0008_metric_event_written_at")]

    operations = [
        migrations.AddIndex(
            model_name="rulerun",
            index=models.Index(fields=["kind", "-created_at", "-id"], name="rule_run_of_kind"),
        ),
    ]
