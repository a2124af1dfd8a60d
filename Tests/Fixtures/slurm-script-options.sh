#!/bin/bash
#SBATCH --job-name=rll-0123456789abcdef
#SBATCH --array=0-19%5
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --mem=2049M
#SBATCH --time=1-03:46:41
#SBATCH --signal=B:USR1@90
#SBATCH --partition=long
#SBATCH --account=vision
#SBATCH --qos=normal
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --kill-on-invalid-dep=yes
#SBATCH --constraint=avx2
#SBATCH --mail-type=END

# Task N has line N + 1 of the list. A task whose run was taken in or cancelled has nothing to do.
run=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" '/home/a'\''da %j/my store.runs/slurm-0123456789abcdef/runs.txt')
folder='/home/a'\''da %j/my store.runs'/$run
if [ -z "$run" ] || [ ! -d "$folder" ]; then
  echo "task $SLURM_ARRAY_TASK_ID has nothing to do: its run was taken in or cancelled" >&2
  exit 75
fi

module load openblas
export X='a b'

exec /opt/rll-sweep train --submission 0123456789abcdef "$folder" </dev/null >>"$folder/log.txt" 2>&1
