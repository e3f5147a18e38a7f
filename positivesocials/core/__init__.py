"""Domain-free library: refusals, rate limits, jobs, live push, Markdown, the look. Knows no member."""
