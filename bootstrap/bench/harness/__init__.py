"""Builds, starts, loads, and writes down. ../run says what for."""
