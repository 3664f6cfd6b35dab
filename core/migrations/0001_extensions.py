from django.contrib.postgres.operations import (
    BtreeGinExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

# Words without stemming (a help desk has every language) and without accents.
CREATE = """
CREATE TEXT SEARCH CONFIGURATION helpdesk (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION helpdesk
    ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword,
        hword_asciipart, hword_part, hword_numpart WITH unaccent, simple;
"""

FOLD = """
CREATE FUNCTION helpdesk_fold(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(CREATE, "DROP TEXT SEARCH CONFIGURATION helpdesk"),
        migrations.RunSQL(FOLD, "DROP FUNCTION helpdesk_fold(text)"),
    ]
