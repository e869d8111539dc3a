"""`python -m beside.server COMMAND`: Django's own commands with Beside's settings."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beside.server.settings")
execute_from_command_line(["beside.server", *sys.argv[1:]])
