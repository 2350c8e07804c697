"""How fast it is, measured from outside: `PYTHONPATH=tests python3 -m benchmarks` writes BENCHMARKS.md."""
