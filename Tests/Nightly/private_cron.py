"""A real cron of its own: spool, mail and run folder are private, and the machine's are neither read nor written."""

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

CRON = "/usr/sbin/cron"

# Cron mails through /usr/sbin/sendmail, which need not exist: the folder is stood in for by links to what it holds.
SETUP = """
set -e
mount --bind /usr/sbin {folder}/system
for file in {folder}/system/*; do ln -s "$file" {folder}/sbin/; done
ln -sf {folder}/sendmail {folder}/sbin/sendmail
mount --bind {folder}/sbin /usr/sbin
mount --bind {folder}/spool /var/spool/cron
mount --bind {folder}/run /run
[ ! -d /etc/cron.d ] || mount --bind {folder}/empty /etc/cron.d
[ ! -e /etc/crontab ] || mount --bind /dev/null /etc/crontab
touch {folder}/ready
exec {cron} -f
"""

SENDMAIL = """#!/bin/sh
file=$(mktemp {folder}/mail/new.XXXXXX)
cat > "$file"
mv "$file" {folder}/mail/mail."${{file##*.}}"
"""


def obstacle():
    """Why there can be none here, or None."""
    if not os.access(CRON, os.X_OK):
        return "Debian's package cron is not installed"
    if os.geteuid() != 0:
        return "only root may mount the folders of a cron of its own"
    if subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], capture_output=True).returncode != 0:
        return "this machine allows no private mounts"
    return None


class PrivateCron:
    def __init__(self, folder):
        self.folder = Path(folder)
        for name in ["system", "sbin", "run", "empty", "mail"]:
            (self.folder / name).mkdir()
        spool = self.folder / "spool" / "crontabs"
        spool.mkdir(parents=True)
        subprocess.run(["chgrp", "crontab", spool], check=True)
        spool.chmod(0o1730)
        sendmail = self.folder / "sendmail"
        sendmail.write_text(SENDMAIL.format(folder=self.folder))
        sendmail.chmod(0o755)
        self.said = open(self.folder / "said", "w+")
        self.process = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--mount-proc", "sh", "-c",
             SETUP.format(folder=shlex.quote(str(self.folder)), cron=CRON)],
            stdin=subprocess.DEVNULL, stdout=self.said, stderr=subprocess.STDOUT)
        self.until((self.folder / "ready").exists, "cron to start", 10)

    def stop(self):
        """Ends cron, which is the first process of its own, and with it all that it has started."""
        for child in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
        self.process.wait()
        self.said.close()

    def until(self, condition, what, seconds):
        """Waits for a condition, no longer than so many seconds."""
        end = time.monotonic() + seconds
        while not condition():
            if self.process.poll() is not None:
                self.said.seek(0)
                raise AssertionError(f"cron ended: {self.said.read()}")
            if time.monotonic() > end:
                raise AssertionError(f"waited {seconds} s for {what}")
            time.sleep(0.1)

    def run(self, *command, folder="/", input=None):
        """Runs a command that sees this cron's crontabs."""
        spaces = f"/proc/{self.process.pid}/ns"
        place = [f"--mount={spaces}/mnt", f"--pid={spaces}/pid_for_children", f"--wdns={folder}"]
        return subprocess.run(["nsenter", *place, *command], input=input, capture_output=True, text=True)

    def mails(self, word):
        """The mails in whose subject a word stands, oldest first, each without its head."""
        files = sorted((self.folder / "mail").glob("mail.*"), key=lambda file: file.stat().st_mtime_ns)
        texts = [file.read_text() for file in files]
        parts = [text.partition("\n\n") for text in texts]
        return [body for head, _, body in parts
                if any(line.startswith("Subject:") and word in line for line in head.split("\n"))]
