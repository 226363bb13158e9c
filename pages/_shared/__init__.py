"""What the pages share: words, state, jobs, forms, caches and the frame around every page."""
