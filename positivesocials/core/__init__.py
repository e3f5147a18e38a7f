"""Domain-free library: refusals, rate limits, jobs, live push, Markdown, the design system. Knows no member."""
