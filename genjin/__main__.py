"""`python -m genjin`: the same as the console script."""

from genjin.cli import main

main()
