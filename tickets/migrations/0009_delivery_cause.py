from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0008_schedule_country")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="audit",
            field=models.ForeignKey(
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="deliveries",
                to="tickets.audit",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="cause",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
