"""Everything that people do on the site, for their programs: the part of the API that asks for a personal token."""
