"""The command line: carries numbers, computes none."""
