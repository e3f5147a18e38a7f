"""Proposes who fits, fast, from columns in memory; it opens no seal, asks no database and decides nothing.

What it proposes is exactly what `compat.compatible` says, and whoever shows a proposal looks again at the
live rows. Codes and columns are in `codes` and `columns`, the layout in `lanes`, the search in `query`,
the order in `rank`, and all of it together, with changes, in `pool`.
"""
