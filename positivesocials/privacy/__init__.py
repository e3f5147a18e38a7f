"""Consents with versioned texts and receipts. Knows purposes, not the data behind them."""
