"""A Slurm cluster of several nodes on the loopback interface: its own munge key, controller and node
daemons in a folder of its own, without systemd, cgroups or accounting."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

CONFIGURATION = """\
ClusterName={name}
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
CryptoType=crypto/munge
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=bf_interval=1,sched_min_interval=100000
ReturnToService=2
SlurmctldTimeout=10
SlurmdTimeout=5
KillWait=3
MinJobAge={job_age}
MaxArraySize={array_size}
MessageTimeout=5
JobRequeue=1
{more}
{nodes}
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1
PartitionName=urgent Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=10 PreemptMode=OFF
"""


class Cluster:
    """Started by `start`, ended by `stop`; `daemons` are its processes by name."""

    def __init__(self, folder, nodes=("n1", "n2"), processors=2, array_size=1001, job_age=300, more=""):
        self.folder = Path(folder)
        self.nodes = nodes
        self.daemons = {}
        self.file = self.folder / "slurm.conf"
        self.environment = dict(os.environ, SLURM_CONF=str(self.file))
        ports = free_ports(1 + len(nodes))
        lines = [
            f"NodeName={node} NodeHostname={socket.gethostname()} NodeAddr=127.0.0.1 Port={port} "
            f"CPUs={processors} RealMemory=4000 State=UNKNOWN"
            for node, port in zip(nodes, ports[1:])]
        for name in ["state"] + [f"spool-{node}" for node in nodes]:
            (self.folder / name).mkdir()
        import pwd
        self.file.write_text(CONFIGURATION.format(
            name=f"rll{secrets.token_hex(3)}", port=ports[0], user=pwd.getpwuid(os.getuid()).pw_name,
            folder=self.folder, job_age=job_age, array_size=array_size, more=more, nodes="\n".join(lines)))

    def start(self):
        key = self.folder / "munge.key"
        key.write_bytes(secrets.token_bytes(128))
        key.chmod(0o400)
        self.spawn("munged", [
            program("munged"), "--foreground", "--force", f"--key-file={key}",
            f"--socket={self.folder}/munge.socket", f"--pid-file={self.folder}/munged.pid",
            f"--seed-file={self.folder}/munge.seed", f"--log-file={self.folder}/munged.log"])
        wait_for(lambda: (self.folder / "munge.socket").exists(), 10, "munged")
        self.start_controller()
        for node in self.nodes:
            self.start_node(node)
        wait_for(self.is_idle, 30, "the nodes of the cluster")

    def start_controller(self):
        self.spawn("slurmctld", [program("slurmctld"), "-D", "-f", str(self.file)])
        wait_for(lambda: self.run("scontrol", "ping").returncode == 0, 20, "the controller")

    def start_node(self, node):
        self.spawn(node, [program("slurmd"), "-D", "-f", str(self.file), "-N", node])

    def is_idle(self):
        states = self.run("sinfo", "--noheader", "--Node", "--partition=main", "--format=%T").stdout.split()
        return len(states) == len(self.nodes) and set(states) == {"idle"}

    def put_into_service(self):
        """What an operator does after faults: nodes that are out of service return, jobs on hold are let go."""
        states = self.run("sinfo", "--noheader", "--Node", "--format=%N %T").stdout.split("\n")
        for node, state in (line.split() for line in states if line):
            if "drain" in state or "down" in state:
                self.run("scontrol", "update", f"nodename={node}", "state=resume")
        held = self.run("squeue", "--noheader", "--array", "--states=pending", "--format=%i %r").stdout.splitlines()
        for job in [line.split()[0] for line in held if "held" in line.lower()]:
            self.run("scontrol", "release", job)
        return False

    def spawn(self, name, command):
        log = open(self.folder / f"{name}.output", "ab")
        self.daemons[name] = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        log.close()

    def kill(self, name, number=signal.SIGKILL):
        daemon = self.daemons.pop(name)
        daemon.send_signal(number)
        daemon.wait()

    def run(self, *command, timeout=30):
        return subprocess.run(
            command, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout)

    def stop(self):
        """Ends the daemons, then what is left of their jobs, each by its own process id."""
        for name in reversed(list(self.daemons)):
            self.daemons[name].terminate()
        for daemon in self.daemons.values():
            try:
                daemon.wait(timeout=5)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.daemons = {}
        # A step's process waits for its controller for hours, under a daemon that was killed too.
        for process in self.processes():
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def processes(self):
        """All that was started for this cluster, or by it: they name its configuration."""
        variable = f"SLURM_CONF={self.file}".encode()
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if variable in (process / "environ").read_bytes().split(b"\0"):
                    found.append(int(process.name))
            except OSError:
                continue
        return found


def program(name):
    for folder in os.environ.get("PATH", "").split(":") + ["/usr/sbin", "/sbin"]:
        if shutil.which(name, path=folder):
            return os.path.join(folder, name)
    raise FileNotFoundError(f"{name} is not installed; make slurm-test installs it")


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def wait_for(condition, seconds, what):
    """Looks until the condition holds, and fails with what was waited for."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.05)
