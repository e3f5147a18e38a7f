"""Questions that people ask without a name, and the verified professionals who answer them."""
