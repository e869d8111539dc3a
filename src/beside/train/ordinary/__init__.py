"""The scores for ordinary comments: from public data and our own comments to weights, and their figures."""
