"""The tasks of the Celery workers."""

import os

from celery import Celery

app = Celery("bench", broker=os.environ["BROKER"], backend=os.environ["BROKER"])
app.conf.worker_prefetch_multiplier = 1
app.conf.result_expires = 60


@app.task
def noop():
    return None


@app.task
def squares(numbers):
    return [x * x for x in numbers]
