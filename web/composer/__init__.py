"""What the composer asks of the server while somebody writes."""
