"""`python -m site_builder`: the same as the console script.

Promise: nothing but the command line starts here.
"""

from site_builder.cli import main

if __name__ == "__main__":
    main()
