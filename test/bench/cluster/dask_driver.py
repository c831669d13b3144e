import logging

from answers import answer
from distributed import Client, LocalCluster


def noop():
    return None


class Contender:
    def start(self, workers):
        self.cluster = LocalCluster(
            n_workers=2,
            threads_per_worker=workers // 2,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
        self.client = Client(self.cluster)
        self.client.gather([self.client.submit(noop, pure=False) for _ in range(workers)])

    def stop(self):
        self.client.close()
        self.cluster.close()

    def roundTrips(self, count):
        for _ in range(count):
            self.client.submit(noop, pure=False).result()

    def inFlight(self, count):
        self.client.gather([self.client.submit(noop, pure=False) for _ in range(count)])


if __name__ == "__main__":
    answer(Contender())
