"""Launches through a real Slurm of two nodes on this machine, with everything that can befall it. SWEEP_PROGRAM,
REPORT_PROGRAM and SWEEP_DATA say which programs and the practice set; `make slurm-test` sets them."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from cluster import Cluster, wait_for

SWEEP = os.path.abspath(os.environ["SWEEP_PROGRAM"])
REPORT = os.path.abspath(os.environ["REPORT_PROGRAM"])
DATA = os.path.abspath(os.environ["SWEEP_DATA"])
JOBS = 20

SWEEP_TEXT = """
name: grid
base:
  dataset: {path: '%s', levels: [high]}
  model: {embedding: 16}
  steps: %d
  evaluation: {every: 25, clustering: false}
sweep: {m: [0.1, 0.2, 0.3, 0.4, 0.5]}
seeds: 4
resources:
  slurm: {memory: 100MiB, sbatch: ['--nice=1'], setup: ['export RLL_SETUP=1']}
"""


class Launches(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        place = cls.folder / "cluster"
        place.mkdir()
        cls.cluster = Cluster(place)
        cls.addClassCleanup(cls.cluster.stop)
        cls.cluster.start()
        cls.references = {}

    def setUp(self):
        # With what hostile paths have.
        self.place = Path(tempfile.mkdtemp(dir=self.folder, prefix="it's a %j "))
        self.store = self.place / "store.sqlite"

    # The programs.

    def sweep(self, steps):
        file = self.place / "grid.yaml"
        file.write_text(SWEEP_TEXT % (DATA, steps))
        return str(file)

    def command(self, *arguments, program=SWEEP):
        return [program, *arguments, "--store", str(self.store)]

    def run_program(self, *arguments, program=SWEEP, status=0):
        ending = subprocess.run(
            self.command(*arguments, program=program), env=self.cluster.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120)
        self.assertEqual(ending.returncode, status, ending.stderr + ending.stdout)
        return ending

    def start(self, *arguments):
        log = open(self.place / "launch.log", "ab")
        launcher = subprocess.Popen(
            self.command(*arguments), env=self.cluster.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=log)
        log.close()
        self.addCleanup(lambda: launcher.poll() is None and (launcher.kill(), launcher.wait()))
        return launcher

    @property
    def log(self):
        return (self.place / "launch.log").read_text()

    def end(self, launcher, status=0, seconds=120):
        try:
            launcher.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.fail("the launch did not end:\n" + self.log + self.cluster.run("squeue", "--states=all").stdout)
        self.assertEqual(launcher.returncode, status, self.log)

    # What is there.

    def rows(self, query, store=None):
        with sqlite3.connect(f"file:{store or self.store}?mode=ro".replace("%", "%25").replace("'", "%27"), uri=True) as database:
            return database.execute(query).fetchall()

    def states(self):
        return dict(self.rows("SELECT state, count(*) FROM runs GROUP BY state"))

    def bits(self, store=None):
        bits = {}
        for key, run in self.rows("SELECT job_key, run_id FROM runs WHERE state = 'completed'", store):
            self.assertNotIn(key, bits, "a job has two results")
            bits[key] = [
                self.rows(f"SELECT {what} WHERE run_id = '{run}' ORDER BY 1, 2", store)
                for what in ("name, value FROM final_metrics", "name, step, value FROM metric_history",
                             "kind, step, sha256 FROM checkpoints")]
        return bits

    def check_result(self, steps):
        """All is completed, once, with the bits of a launch on this host, and nothing is left behind."""
        self.assertEqual(self.states(), {"completed": JOBS})
        if steps not in self.references:
            store = self.folder / f"local{steps}.sqlite"
            subprocess.run(
                [SWEEP, "launch", self.sweep(steps), "--store", str(store), "--quiet"], check=True, timeout=300)
            self.references[steps] = self.bits(store)
        self.assertEqual(len(self.references[steps]), JOBS)
        self.assertEqual(self.bits(), self.references[steps])
        self.run_program("store", "check", program=REPORT)
        self.wait_for(lambda: not self.tasks(), 10, "the end of all tasks")
        self.assertFalse((self.place / "store.runs").exists(), self.place)

    def attempts(self):
        return self.rows(
            "SELECT run.id, position, attempt.state, reason, message FROM attempt JOIN run ON run.number = runNumber")

    def arrays(self):
        return [job for job, in self.rows("SELECT jobId FROM slurmSubmission ORDER BY submittedAt")]

    def tasks(self):
        """Processes at work on runs of this store, by run."""
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().decode().split("\0")
            except (OSError, UnicodeDecodeError):
                continue
            folder = next((word for word in words if word.startswith(str(self.place / "store.runs"))), None)
            if "train" in words[1:2] and folder:
                found.setdefault(os.path.basename(folder), []).append(int(process.name))
        return found

    def task_at_work(self, *others):
        """A run with a checkpoint that is none of the others, its processes, and what Slurm calls it."""
        found = []

        def find():
            for run, processes in self.tasks().items():
                if run not in others and (self.place / "store.runs" / run / "training.state").exists():
                    found[:] = [run, processes]
            return found
        self.wait_for(find, 120, "a task with a checkpoint")
        run, processes = found
        job, position = self.rows(
            "SELECT jobId, slurmTask.position FROM slurmTask JOIN slurmSubmission ON slurmSubmission.id = submissionId "
            f"JOIN run ON run.number = runNumber WHERE run.id = '{run}' ORDER BY attempt DESC LIMIT 1")[0]
        return run, processes, f"{job}_{position}"

    def node(self, task):
        return re.search(r"\sNodeList=(\S+)", self.cluster.run("scontrol", "show", "job", task).stdout)[1]

    def wait_for(self, condition, seconds, what):
        try:
            wait_for(condition, seconds, what)
        except TimeoutError as error:
            queue = self.cluster.run("squeue", "--states=all", "--format=%i %T %r %N").stdout
            self.fail(f"{error}\n{self.log}{self.attempts()}\n{queue}")

    # What happens.

    def test_an_array_over_both_nodes_gives_the_bits_of_a_local_launch(self):
        launcher = self.start("launch", self.sweep(50), "--executor", "slurm")
        self.end(launcher)
        job, = self.arrays()
        self.assertIn(f"grid: {JOBS} jobs submitted to Slurm as {job}\n", self.log)
        self.assertIn(f"grid: {JOBS} jobs, 0 skipped, {JOBS} to run in Slurm\n", self.log)
        nodes = set(re.findall(r" NodeList=(\S+)", self.cluster.run("scontrol", "show", "job", str(job)).stdout))
        self.assertEqual(nodes, {"n1", "n2"})
        self.check_result(50)
        again = json.loads(self.run_program("launch", self.sweep(50), "--executor", "slurm", "--json").stdout)
        self.assertEqual((again["skipped"], again["total"]), (JOBS, JOBS))

    def test_arrays_are_split_and_held_to_their_limit(self):
        profile = self.place / "profile.yaml"
        profile.write_text("max_array: 8\narray_limit: 3\nmemory: 50MiB\n")
        launcher = self.start("launch", self.sweep(50), "--executor", "slurm", "--slurm-profile", str(profile))
        self.end(launcher)
        self.assertEqual(len(self.arrays()), 3)
        for size, job in zip((8, 8, 4), self.arrays()):
            detail = self.cluster.run("scontrol", "show", "job", str(job)).stdout
            self.assertEqual(len(set(re.findall(r" ArrayTaskId=(\d+)", detail))), size)
            self.assertIn("ArrayTaskThrottle=3", detail)
            self.assertIn("TRES=cpu=1,mem=50M", detail)
        self.check_result(50)

    def test_a_task_is_killed_and_another_requeued(self):
        launcher = self.start("launch", self.sweep(STEPS), "--executor", "slurm", "--retries", "3")
        run, processes, _ = self.task_at_work()
        os.kill(processes[0], signal.SIGKILL)
        self.wait_for(lambda: any(row[0] == run and row[2] == "interrupted" for row in self.attempts()), 60, "its end")
        requeued, _, task = self.task_at_work(run)
        self.assertEqual(self.cluster.run("scontrol", "requeue", task).returncode, 0)
        self.end(launcher)
        self.check_result(STEPS)
        killed = [row for row in self.attempts() if row[0] == run]
        self.assertEqual([row[2] for row in killed], ["interrupted", "completed"])
        self.assertEqual(killed[0][3:], ("died", "its process was killed (signal 9)"))
        self.assertRegex(killed[1][4], r"resumed at step \d+")
        # Requeues are Slurm's own: one attempt.
        once = [row for row in self.attempts() if row[0] == requeued]
        self.assertEqual([row[2] for row in once], ["completed"], once)
        self.assertRegex(once[0][4], r"resumed at step \d+")

    def test_tasks_make_way_for_urgent_jobs_and_go_on_afterwards(self):
        launcher = self.start("launch", self.sweep(STEPS), "--executor", "slurm")
        self.task_at_work()
        urgent = self.cluster.run(
            "sbatch", "--parsable", "--partition=urgent", "--nodes=2", "--exclusive", "--output=/dev/null", "--wrap=sleep 2")
        self.assertEqual(urgent.returncode, 0, urgent.stderr)
        self.wait_for(lambda: self.cluster.run("squeue", "-h", "-t", "R", "-j", urgent.stdout.strip()).stdout, 60, "the urgent job")
        self.assertFalse(self.tasks())
        self.assertNotIn("interrupted", self.states())
        self.end(launcher)
        self.check_result(STEPS)
        # One attempt each, as Slurm runs them again of itself.
        self.assertEqual([row[2] for row in self.attempts()], ["completed"] * JOBS)
        self.assertRegex("; ".join(row[4] or "" for row in self.attempts()), r"resumed at step \d+")
        self.assertIn("Restarts=1", self.cluster.run("scontrol", "show", "job", str(self.arrays()[0])).stdout)

    def test_the_controller_dies_and_comes_back(self):
        launcher = self.start("launch", self.sweep(STEPS), "--executor", "slurm", "--retries", "3")
        self.task_at_work()
        self.cluster.kill("slurmctld")
        self.wait_for(lambda: "It is asked again" in self.log, 60, "a word about the silence")
        self.cluster.start_controller()
        # What ended without it may have been started again, which its nodes refuse; Slurm then takes
        # them out of service until its operator looks.
        self.wait_for(lambda: self.cluster.put_into_service() or launcher.poll() is not None, 120, "the end of all jobs")
        self.end(launcher)
        self.check_result(STEPS)
        self.assertEqual(self.log.count("It is asked again"), 1, self.log)
        self.assertIn("Slurm answers again", self.log)
        self.cluster.run("scancel", *map(str, self.arrays()))
        self.wait_for(lambda: self.cluster.put_into_service() or self.cluster.is_idle(), 60, "the rest of the nodes")

    def test_the_daemon_of_a_node_dies_and_comes_back(self):
        launcher = self.start("launch", self.sweep(STEPS), "--executor", "slurm", "--retries", "3")
        # Its tasks go on, and Slurm runs them a second time.
        _, _, task = self.task_at_work()
        node = self.node(task)
        self.cluster.kill(node)
        self.wait_for(lambda: "down" in self.cluster.run("sinfo", "-h", "-n", node, "-o", "%T").stdout, 60, "its death")
        self.cluster.start_node(node)
        self.end(launcher)
        self.check_result(STEPS)
        self.wait_for(self.cluster.is_idle, 30, "the return of the node")

    def test_a_launcher_that_was_killed_is_not_needed(self):
        launcher = self.start("launch", self.sweep(STEPS), "--executor", "slurm")
        run, _, task = self.task_at_work()
        launcher.kill()
        launcher.wait()
        status = self.run_program("status")
        self.assertRegex(status.stdout, r"Slurm: \d+ running, \d+ waiting")
        self.assertNotIn("interrupted", self.states())
        self.cluster.run("scontrol", "requeue", task)
        # A launch on this host leaves to Slurm what Slurm has.
        local = self.start("launch", self.sweep(STEPS))
        self.wait_for(lambda: "to run with" in self.log, 30, "its first word")
        time.sleep(1)
        local.send_signal(signal.SIGINT)
        self.end(local, status=130)

        def collect():
            found = json.loads(self.run_program("collect", "--json").stdout)[0]
            return found["running"] + found["waiting"] + found["unknown"] == 0
        self.wait_for(collect, 120, "the end of all jobs")
        self.assertEqual(len(self.attempts()), JOBS)
        self.check_result(STEPS)

    def test_a_detached_launch_is_cancelled_and_retried(self):
        launcher = self.start("launch", self.sweep(STEPS), "--executor", "slurm", "--detach")
        self.end(launcher)
        self.assertIn(f"{JOBS} left to Slurm", self.log)
        self.task_at_work()
        self.run_program("cancel", "grid")
        self.wait_for(lambda: not self.tasks(), 30, "the end of its tasks")

        def collect():
            self.run_program("collect", "grid")
            return self.states() == {"cancelled": JOBS} or "completed" in self.states() and "running" not in self.states()
        self.wait_for(collect, 60, "the end of all jobs")
        self.assertGreater(self.states()["cancelled"], 0)
        launcher = self.start("retry", "grid", "--executor", "slurm")
        self.end(launcher)
        self.check_result(STEPS)

    def test_a_limit_on_time_ends_in_a_failure_that_is_gone_on_from(self):
        profile = self.place / "profile.yaml"
        profile.write_text("time: 20min\n")
        launcher = self.start("launch", self.sweep(STEPS), "--executor", "slurm", "--slurm-profile", str(profile))
        run, processes, task = self.task_at_work()
        # The signal that Slurm gives shortly before the limit, which it looks at only twice a minute.
        os.kill(processes[0], signal.SIGUSR1)
        self.end(launcher, status=1)
        attempt, = [row for row in self.attempts() if row[0] == run]
        self.assertEqual(attempt[2:4], ("failed", "time_limit"))
        self.assertRegex(attempt[4], r"stopped shortly before Slurm's limit on time at step \d+")
        self.assertIn("FAILED", self.cluster.run("scontrol", "show", "job", task).stdout)
        launcher = self.start("retry", "grid", "--executor", "slurm")
        self.end(launcher)
        self.check_result(STEPS)

    def test_what_slurm_refuses_is_said(self):
        profile = self.place / "profile.yaml"
        profile.write_text("partition: nowhere\n")
        ending = self.run_program(
            "launch", self.sweep(50), "--executor", "slurm", "--slurm-profile", str(profile), status=1)
        self.assertRegex(ending.stderr, r"error: Slurm takes no jobs: sbatch: .*[Ii]nvalid partition.*nowhere")
        self.assertEqual(self.states(), {"pending": JOBS})
        self.assertEqual(self.rows("SELECT count(*) FROM attempt"), [(0,)])
        self.assertFalse(list((self.place).glob("store.runs/slurm-*")))


#: Steps of jobs that last long enough for something to befall them.
STEPS = int(os.environ.get("SLURM_TEST_STEPS", "1500"))

if __name__ == "__main__":
    unittest.main()
