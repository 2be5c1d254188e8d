"""Waiting for what happens elsewhere, without guessing how long it takes."""

import time

import pytest


def wait_until(holds):
    for _ in range(500):
        if holds():
            return
        time.sleep(0.01)
    pytest.fail("it never happened")
