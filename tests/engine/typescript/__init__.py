"""What a program in TypeScript needs on the engine here."""
