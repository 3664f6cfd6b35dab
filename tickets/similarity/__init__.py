"""Which words say what a ticket is about, and which tickets share them."""
