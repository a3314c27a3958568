"""`python -m klimaplan` is `klimaplan`."""

from klimaplan.cli.main import run

run()
