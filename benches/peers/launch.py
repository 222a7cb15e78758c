"""Runs one command and writes down what it cost: `launch.py REPORT LIMIT STDOUT STDERR COMMAND...`

LIMIT is the most CPU seconds that any one process may take; ten times as many of wall time end it all. REPORT gets one
line: exit status (minus the signal that ended it), wall seconds, CPU seconds, bytes of the largest process, 1 if the
time ran out, 1 if processes were left behind. CPU is user and system time of the command and of every process
that it waited for. A process of its own, since Linux counts into a child's memory what its parent held at the fork: run
with `python3 -I -S` this holds some 9 MiB, which is the least that can be measured.
"""
import os
import resource
import signal
import sys
import time


def main():
    report, limit, stdout, stderr, *command = sys.argv[1:]
    begin = time.monotonic()
    child = os.fork()
    if child == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 1))
        for number, path in ((0, os.devnull), (1, stdout), (2, stderr)):
            flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            os.dup2(os.open(path, flags, 0o644), number)
        try:
            os.execvp(command[0], command)
        except OSError as error:
            os.write(2, f"{command[0]}: {error.strerror}\n".encode())
        os._exit(127)
    ran_out = []

    def stop(*_):
        ran_out.append(True)
        os.killpg(child, signal.SIGKILL)

    for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    signal.setitimer(signal.ITIMER_REAL, 10 * int(limit))
    _, status, used = os.wait4(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    wall = time.monotonic() - begin
    try:
        os.killpg(child, signal.SIGKILL)
        left = 1
    except ProcessLookupError:
        left = 0
    code = os.waitstatus_to_exitcode(status)
    late = ran_out or code in (-signal.SIGXCPU, -signal.SIGKILL)
    unit = 1 if sys.platform == "darwin" else 1024
    with open(report, "w", encoding="utf-8") as file:
        file.write(f"{code} {wall} {used.ru_utime + used.ru_stime} ")
        file.write(f"{used.ru_maxrss * unit} {int(bool(late))} {left}\n")


main()
