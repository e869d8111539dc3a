"""Quality and speed of Beside beside peers that install from PyPI, in one run: `python -m bench`."""
