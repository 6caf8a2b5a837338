"""python -m adcli."""

import sys

from adcli.cli import main

sys.exit(main())
