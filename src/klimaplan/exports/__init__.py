"""Writers: charts, tables and numbers in words. They take plain figures and know nothing of the site."""
