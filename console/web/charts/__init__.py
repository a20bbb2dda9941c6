"""Geometry of pictures: numbers in, places of shapes out; templates draw them as SVG."""
