import subprocess
import sys
from pathlib import Path

from answers import answer
from celery import group
from celery_tasks import noop, squares


class Contender:
    def start(self, workers):
        celery = str(Path(sys.executable).with_name("celery"))
        options = ["--concurrency", str(workers), "--loglevel", "ERROR", "--without-gossip", "--without-mingle"]
        self.worker = subprocess.Popen(
            [celery, "-A", "celery_tasks", "worker", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for result in [noop.delay() for _ in range(workers)]:
            result.get(timeout=60)

    def stop(self):
        self.worker.terminate()
        self.worker.wait()

    def roundTrips(self, count):
        for _ in range(count):
            noop.delay().get()

    def inFlight(self, count):
        group(noop.s() for _ in range(count)).apply_async().get()

    def mapNumbers(self, count, chunks):
        numbers = list(range(count))
        size = count // chunks
        parts = [numbers[i * size : (i + 1) * size] for i in range(chunks)]
        found = group(squares.s(part) for part in parts).apply_async().get()
        return [x for part in found for x in part]


answer(Contender())
