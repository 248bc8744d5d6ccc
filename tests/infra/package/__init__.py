"""The component as a package for programs in other languages."""
