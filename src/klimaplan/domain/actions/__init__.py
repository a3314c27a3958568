"""What is done: actions as transformations of activity, intensity, share, area and removal, and what they cost."""
