"""How many people see a post."""

from __future__ import annotations

from channels_in.social.triage.post import Post

_BANDS = ((100_000, 5), (10_000, 3), (1_000, 1))


def reach_points(post: Post) -> int:
    """0 to 8 points of urgency: for the author's followers, and for what others made of it."""
    followers = post.followers or 0
    points = next((points for least, points in _BANDS if followers >= least), 0)
    return points + (3 if post.reactions >= 100 else 1 if post.reactions >= 10 else 0)
