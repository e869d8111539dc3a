"""Beside: send support, or keep quiet; let the grieving decide what is right for them."""

from beside.gate import Action, Caution, Decision, Gate, Policy, PolicyError, Reading, Span

__version__ = "0.1.0"
__all__ = ["Action", "Caution", "Decision", "Gate", "Policy", "PolicyError", "Reading", "Span", "__version__"]
