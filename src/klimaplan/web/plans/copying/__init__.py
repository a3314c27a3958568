"""Plans and parts that begin as a copy: of a plan, or of the library."""
