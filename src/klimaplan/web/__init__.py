"""The site and its database: the only room that knows Django."""
