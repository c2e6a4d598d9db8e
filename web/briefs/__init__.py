"""A brief or a report as a sheet in words, and the papers that are drawn from it: page, print, Word and PDF."""
