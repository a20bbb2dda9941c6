"""`python -m console.cli`: the program where its script is not on the path."""

from console.cli.main import run

run()
