"""Revisions: the old plan judged, the new one held against it, from trigger to public comparison."""
