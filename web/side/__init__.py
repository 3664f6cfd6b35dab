"""Side conversations in the ticket page's right column."""
