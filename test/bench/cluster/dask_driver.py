from answers import answer
from distributed import Client, LocalCluster


def noop():
    return None


def squares(numbers):
    return [x * x for x in numbers]


class Contender:
    def start(self, workers):
        self.cluster = LocalCluster(n_workers=2, threads_per_worker=workers // 2, dashboard_address=None)
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

    def mapNumbers(self, count, chunks):
        numbers = list(range(count))
        size = count // chunks
        parts = [numbers[i * size : (i + 1) * size] for i in range(chunks)]
        found = self.client.gather(self.client.map(squares, parts, pure=False))
        return [x for part in found for x in part]


if __name__ == "__main__":
    answer(Contender())
