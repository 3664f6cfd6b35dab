from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("macros", "0006_routing")]

    operations = [
        migrations.AddField(
            model_name="automationdue",
            name="ran_at",
            field=models.DateTimeField(null=True),
        )
    ]
