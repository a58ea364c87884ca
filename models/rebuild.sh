#!/usr/bin/env bash
# Rebuilds a shipped model: models/rebuild.sh stance|sentiment [OUTPUT] [THREADS]
# The same data, spec and seed give the same bytes at any thread count. After a change of a model, build the program
# again: the models are part of it.
set -euo pipefail
cd "$(dirname "$0")/.."
model=$1
output=${2:-models/$model/model.safetensors}
"${CARGO_TARGET_DIR:-target}/release/demarche" train datasets/negotiation/train.csv --label "$model" --group conflict \
    --features "models/$model/pipeline.toml" --threads "${3:-2}" -o "$output"
