"""Does what each line of JSON asks of a contender, and answers with a line."""

import json
import sys


def answer(contender):
    for line in sys.stdin:
        method, *arguments = json.loads(line)
        getattr(contender, method)(*arguments)
        print("done", flush=True)
