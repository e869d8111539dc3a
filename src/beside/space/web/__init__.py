"""Pages: views parse and render, rules are in the verbs."""
