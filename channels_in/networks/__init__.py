"""What all networks have in common; each is a folder beside this one (docs/adding-a-channel.md)."""
