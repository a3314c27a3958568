"""What a plan comes to: its figures while it is written, and what differs between two."""
