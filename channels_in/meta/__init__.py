"""What WhatsApp, Messenger and Instagram share: they are all spoken to by Meta's Graph API."""
