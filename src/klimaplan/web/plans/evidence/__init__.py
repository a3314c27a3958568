"""Evidence: files from outside, judged by their bytes and kept under their digest."""
