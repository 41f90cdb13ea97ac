#!/usr/bin/env bash
# Measures the portal on a PostgreSQL of its own and writes docs/performance.md. Called by `make bench`.
# BENCH_CASES=50000 makes a quick run that writes nothing. The exit code is 1 if a bound is missed.
set -euo pipefail
cd "$(dirname "$0")/.."

# As in production, but for HTTPS and with public limits that a load test does not meet.
export DEBUG=0 DEMO=0 HTTPS=0 ALLOWED_HOSTS=127.0.0.1 SITE_URL=http://127.0.0.1 LOG_LEVEL=ERROR
export TRUSTED_PROXY_HOPS=1 RATE_LIMIT_FACTOR=100000 SECRET_KEY=only-for-measuring FIELD_KEY=only-for-measuring-too
MEDIA_ROOT=$(mktemp -d)
export MEDIA_ROOT
trap 'rm -rf "$MEDIA_ROOT"' EXIT

# A real server's settings; bin/with-postgres alone would not wait for the disk.
PG_OPTIONS="-c fsync=on -c synchronous_commit=on -c full_page_writes=on -c shared_buffers=1GB -c work_mem=32MB \
-c maintenance_work_mem=256MB -c max_wal_size=8GB -c random_page_cost=1.1 -c jit=off" \
    bin/with-postgres .venv/bin/python -m bench.measure
