"""The HTML door: pages and forms for people, under /fr and /en."""
