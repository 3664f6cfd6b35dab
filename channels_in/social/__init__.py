"""Social networks: what Bluesky, Mastodon, X, Facebook, Instagram and Reddit have in common.

Not every mention becomes a ticket. A public post passes `triage` in the funnel; the funnel keeps
what it decided as a `StreamPost`, and people decide otherwise on the stream page.
"""
