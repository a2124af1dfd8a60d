"""Makes the README's picture: `picture.py REPORT.html PICTURE.png` photographs the upper part of a page."""

import sys
from pathlib import Path

from page import Page

report, picture = map(Path, sys.argv[1:])
with Page(report.resolve().as_uri(), picture.parent) as page:
    page.emulate(prefers_reduced_motion="reduce", prefers_color_scheme="light")
    page.drawn()
    page.picture(picture.stem, height=1290)
