"""One function per figure: takes results, returns a matplotlib `Figure`. The style is in `tlsglass.figures.style`."""
