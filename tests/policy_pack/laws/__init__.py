"""Laws: what must not change a verdict, and what must never break the evaluation."""
