"""Answers one line of JSON for each line of JSON: what multiprocessing.Pool takes, in milliseconds."""

import json
import multiprocessing
import sys
import time
from statistics import median

WORKERS = 2


def noop():
    return None


def square(x):
    return x * x


def echo(value):
    return value


def count_primes(limit):
    count = 0
    for candidate in range(2, limit):
        divisor = 2
        while divisor * divisor <= candidate and candidate % divisor != 0:
            divisor += 1
        if divisor * divisor > candidate:
            count += 1
    return count


def timed(run):
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


class Contender:
    def start(self):
        self.pool = multiprocessing.get_context("fork").Pool(WORKERS)
        for result in [self.pool.apply_async(time.sleep, (0.001,)) for _ in range(WORKERS)]:
            result.get()

    def stop(self):
        self.pool.terminate()
        self.pool.join()

    def roundTrip(self, count):
        return median(timed(lambda: self.pool.apply(noop)) for _ in range(count))

    def inFlight(self, count):
        def run():
            for result in [self.pool.apply_async(noop) for _ in range(count)]:
                result.get()

        return timed(run)

    def mapNumbers(self, count):
        numbers = list(range(count))
        return timed(lambda: self.pool.map(square, numbers))

    def mapPrimes(self, count, limit):
        return timed(lambda: self.pool.map(count_primes, [limit] * count))

    def echoBytes(self, count):
        data = bytes(2**20)
        return median(timed(lambda: self.pool.apply(echo, (data,))) for _ in range(count))

    def twoNaps(self):
        def run():
            for result in [self.pool.apply_async(time.sleep, (1,)) for _ in range(2)]:
                result.get()

        return timed(run)


contender = Contender()
for line in sys.stdin:
    method, *arguments = json.loads(line)
    print(json.dumps(getattr(contender, method)(*arguments)), flush=True)
