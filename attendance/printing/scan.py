"""QR codes as pictures for a PDF: lines that stay sharp at any size, and no text that says the code."""

import segno

QUIET = 4  # modules of white on each side, as the standard asks
SIDE = 29 + 2 * QUIET  # what fits into version 3 at the highest correction: a scratched badge still opens


def picture_of(payload: str) -> str:
    """The code as SVG. ``payload`` is a badge's, which fits the alphanumeric mode; anything else raises ValueError."""
    code = segno.make_qr(payload, version=3, error="h", mode="alphanumeric", boost_error=False)
    dark = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs_of(code.matrix))
    ground = f'<path d="M0 0h{SIDE}v{SIDE}h-{SIDE}z" fill="#fff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">{ground}<path d="{dark}"/></svg>'


def runs_of(matrix: tuple[bytearray, ...]) -> list[tuple[int, int, int]]:
    """Each run of dark modules in a row: where it begins, and how long it is."""
    runs = []
    for y, row in enumerate(matrix):
        start = 0
        for x in range(len(row) + 1):
            if x == len(row) or not row[x]:
                if x > start:
                    runs.append((start + QUIET, y + QUIET, x - start))
                start = x + 1
    return runs
