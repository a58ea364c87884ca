#!/bin/bash
# A folder of Parquet files on Slurm, without an engine: sbatch --array=0-63 examples/job_array.sh IN OUT COLUMN [MODEL...]
#SBATCH --job-name=demarche
#SBATCH --cpus-per-task=4
#SBATCH --mem=2G
#SBATCH --time=04:00:00
#SBATCH --requeue
set -euo pipefail
in=$1 out=$2 column=$3
models=("${@:4}")
mkdir -p "$out"

mapfile -d '' -t parts < <(find "$in" -name '*.parquet' -print0 | LC_ALL=C sort -z)
# Every so many files from this task's number on: neighbours in size are spread over tasks.
for ((i = SLURM_ARRAY_TASK_ID; i < ${#parts[@]}; i += SLURM_ARRAY_TASK_COUNT)); do
    name=${parts[i]#"$in"/}
    scored=$out/${name//\//_}
    # A file appears whole or not at all, so that what is there is done: a task that is run again goes on where it stopped.
    [[ -e $scored ]] && continue
    demarche classify "${parts[i]}" --text "$column" "${models[@]/#/--model=}" \
        --threads "${SLURM_CPUS_PER_TASK:-1}" -o "$scored"
done
