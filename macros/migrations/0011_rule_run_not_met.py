from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("macros", "0010_rehearsal")]

    operations = [
        migrations.AddField(
            model_name="rulerun",
            name="not_met",
            field=models.BinaryField(default=b""),
        ),
    ]
