"""What every change of a plan has in common."""
