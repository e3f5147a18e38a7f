from django.db import migrations

from positivesocials.vault.fields import SealedText


def seal(apps, schema_editor):
    """Groups with a subject are founded by members, and have a key since."""
    Group = apps.get_model("groups", "Group")
    for group in Group.objects.exclude(plain_subject=""):
        group.subject = group.plain_subject
        group.save(update_fields=["subject"])


class Migration(migrations.Migration):

    dependencies = [("groups", "0007_around_posts")]

    operations = [
        migrations.RenameField("group", "subject", "plain_subject"),
        migrations.AddField("group", "subject", SealedText(null=True, owner="self")),
        migrations.RunPython(seal, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("group", "plain_subject"),
    ]
