"""What is new to somebody: what they were called to and have not read, and the letter that tells of it if they wish."""
