"""Which characters never go into a header line."""

import re

FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, line separators and lone surrogates: each could end a line or cannot be encoded."""

UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""What even a body cannot carry."""
