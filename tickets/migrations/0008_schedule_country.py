from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0007_view_groups")]

    operations = [
        migrations.AddField(
            model_name="schedule",
            name="country",
            field=models.CharField(blank=True, default="", max_length=2),
        ),
        migrations.AddField(
            model_name="schedule",
            name="subdivision",
            field=models.CharField(blank=True, default="", max_length=12),
        ),
    ]
