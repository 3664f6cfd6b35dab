"""What a post is, and what it deserves: by rules of our own, with the reasons, in this process.

Pure: no database, no clock, no network, no model. `triage(post)` reads a post once and answers
with a `Score`. tests/channels_in/social measures it on labelled posts in four languages.
"""

from channels_in.social.triage.post import Kind, Post, Reason, Score, Sentiment, Tier
from channels_in.social.triage.scoring import triage

__all__ = ["Kind", "Post", "Reason", "Score", "Sentiment", "Tier", "triage"]
