"""Benchmarks: what a step, a sweep and an import cost beside the raw driver doing the same writes in the same run."""
