"""Patches: the picture that stands for a persona, drawn from its name and its salt.

Pure functions of (name, salt). The salt is random and belongs to the persona, never to the account:
two personas of one account must not be linkable by their pictures. A change to anything in this file
changes every member's picture, so the tests compare with fixed sums.
"""

import hashlib
import unicodedata
from typing import NamedTuple

# Ground, figure, accent: every pair of neighbours differs in contrast by 2.2 to 1 or more.
CLOTHS = (
    ("#1F5748", "#EBB44B", "#F4E9D8"),
    ("#EBB44B", "#5A3A5C", "#FFF6E3"),
    ("#5A3A5C", "#E9A48C", "#F3E4EA"),
    ("#C9D8BE", "#1F5748", "#B5533A"),
    ("#B5533A", "#F3D9B8", "#43242B"),
    ("#2F4A63", "#B9C9D6", "#EBB44B"),
    ("#DDCFE8", "#5A3A5C", "#B5533A"),
    ("#EFC7B2", "#7A3B33", "#1F5748"),
    ("#6D7F45", "#F1EBCB", "#2C3A22"),
    ("#D5DEE4", "#2F4A63", "#B5533A"),
    ("#3E3A4E", "#C9B7DC", "#EBB44B"),
    ("#F0DFA8", "#6A5A1F", "#1F5748"),
)
# Each motif fills one cell of 24 units; {f} is the figure's colour, {a} the accent.
MOTIFS = (
    '<path fill="{f}" d="M0 24A24 24 0 0 1 24 0V24Z"/>',
    '<path fill="{f}" d="M0 0H24A24 24 0 0 1 0 24Z"/><path fill="{a}" d="M0 0H11A11 11 0 0 1 0 11Z"/>',
    '<path fill="{f}" d="M0 24C0 10.7 10.7 0 24 0 24 13.3 13.3 24 0 24Z"/>',
    '<path fill="{f}" d="M0 24 24 0V24Z"/>',
    '<circle cx="12" cy="12" r="8.5" fill="{f}"/>',
    '<path fill="{f}" d="M0 24A24 24 0 0 1 24 0V9A15 15 0 0 0 9 24Z"/>',
    '<path fill="{f}" d="M0 12A12 12 0 0 1 24 12V24H0Z"/>',
    '<path fill="{f}" d="M0 0H24L12 12Z"/><path fill="{a}" d="M0 24 12 12 24 24Z"/>',
    '<path fill="{f}" d="M0 0H24V24A24 24 0 0 1 0 0Z"/>',
    '<circle cx="12" cy="12" r="9" fill="{f}"/><circle cx="12" cy="12" r="4" fill="{a}"/>',
)
ROUND_MOTIFS = (4, 9)
# Quarter turns of the four cells: top start, top end, bottom end, bottom start.
LAYOUTS = (
    (0, 1, 2, 3),
    (2, 3, 0, 1),
    (0, 0, 2, 2),
    (0, 2, 0, 2),
    (1, 1, 1, 1),
    (3, 1, 3, 1),
    (0, 3, 2, 1),
)
CELLS = ((0, 0), (24, 0), (24, 24), (0, 24))
SEAM = (
    '<path stroke="#fffdf8" stroke-width="4" d="M24 0V48"/>'
    '<path stroke="#33413b" stroke-width="1.5" stroke-dasharray="3.2 2.8" d="M24 1.6V48"/>'
)


class Cloth(NamedTuple):
    ground: str
    cells: tuple[str, ...]


def patch(name: str, salt: str = "") -> str:
    """The inside of a 48 x 48 SVG."""
    cloth = _cloth(name, salt)
    return f'<path fill="{cloth.ground}" d="M0 0H48V48H0Z"/>{"".join(cloth.cells)}'


def pair(one: tuple[str, str], two: tuple[str, str]) -> str:
    """Half of each patch, sewn down the middle: the inside of a 48 x 48 SVG."""
    start, end = _cloth(*one), _cloth(*two)
    grounds = (
        f'<path fill="{start.ground}" d="M0 0H24V48H0Z"/><path fill="{end.ground}" d="M24 0H48V48H24Z"/>'
    )
    return f"{grounds}{start.cells[0]}{end.cells[1]}{end.cells[2]}{start.cells[3]}{SEAM}"


def _cloth(name: str, salt: str) -> Cloth:
    bits = _hash(name, salt)
    ground, figure, accent = CLOTHS[bits[0] % len(CLOTHS)]
    motifs = _motifs(bits)
    turns = LAYOUTS[bits[4] % len(LAYOUTS)]
    cells = tuple(
        _cell(MOTIFS[motifs[i % 2]].format(f=figure, a=accent), figure, at, turns[i])
        for i, at in enumerate(CELLS)
    )
    return Cloth(ground, cells)


def _hash(name: str, salt: str) -> bytes:
    seed = unicodedata.normalize("NFKC", name).casefold().strip() + "\x1f" + salt
    return hashlib.blake2s(seed.encode(), digest_size=8).digest()


def _motifs(bits: bytes) -> tuple[int, int]:
    first = second = bits[1] % len(MOTIFS)
    if bits[3] % 5 < 3:
        second = (first + 1 + bits[2] % (len(MOTIFS) - 1)) % len(MOTIFS)
    # Four equal dots say too little.
    if first == second and first in ROUND_MOTIFS:
        second = bits[5] % 4
    return first, second


def _cell(body: str, figure: str, at: tuple[int, int], turns: int) -> str:
    # The thin stroke closes hairlines between neighbouring cells.
    body = body.replace(f'fill="{figure}"', f'fill="{figure}" stroke="{figure}" stroke-width=".3"')
    move = f"translate({at[0]} {at[1]})" if any(at) else ""
    turn = f"rotate({turns * 90} 12 12)" if turns else ""
    transform = " ".join(part for part in (move, turn) if part)
    return f'<g transform="{transform}">{body}</g>' if transform else body
