from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0006_agent_macro"),
    ]

    operations = [
        migrations.AddField(
            model_name="view",
            name="group_by",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddField(
            model_name="view",
            name="group_order",
            field=models.CharField(
                choices=[("asc", "ascending"), ("desc", "descending")], default="asc", max_length=4
            ),
        ),
    ]
