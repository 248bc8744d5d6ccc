"""Programs that tests run on the real engine, as text."""
