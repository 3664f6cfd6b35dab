from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Static files under names with a hash, also where one JavaScript module imports another."""

    support_js_module_import_aggregation = True
