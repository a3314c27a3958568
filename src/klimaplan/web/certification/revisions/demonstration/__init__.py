"""An invented revision, so that the old plan and the new one can be seen beside each other."""
