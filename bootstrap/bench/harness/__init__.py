"""Builds and starts servers, loads them, and writes the results. See ../run for the parts."""
