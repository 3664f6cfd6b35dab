"""The way out by mail: routes, looks, files, signatures."""
