"""Models: found on disk or on the Hub, checked before loading, described without reading their weights, loaded."""
