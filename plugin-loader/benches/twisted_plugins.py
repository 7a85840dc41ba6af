"""What `directories.rs` asks, asked of Twisted: twisted_plugins.py QUESTION DIRECTORY COUNT."""
import os
import sys
import time

MODULE = """
from zope.interface import implementer
from twisted.plugin import IPlugin
from bench_interfaces import IMaterial

@implementer(IPlugin, IMaterial)
class SimpleMaterial(object):
    def __init__(self, yieldStressFactor, dielectricConstant):
        self._yieldStressFactor = yieldStressFactor
        self.dielectricConstant = dielectricConstant

    def yieldStress(self, temperature):
        return self._yieldStressFactor * temperature

steelPlate = SimpleMaterial(2.06842719e11, 2.7 + 0.2j)
"""

INTERFACES = """
from zope.interface import Interface, Attribute

class IMaterial(Interface):
    def yieldStress(temperature):
        "The pressure."
    dielectricConstant = Attribute("The permittivity.")

class IOther(Interface):
    pass
"""

question, root, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
plugins = os.path.join(root, "bench_plugins")
if question == "make":
    os.makedirs(plugins)
    for path, text in (("bench_interfaces.py", INTERFACES), ("bench_plugins/__init__.py", "")):
        with open(os.path.join(root, path), "w") as file:
            file.write(text)
    for number in range(count):
        with open(os.path.join(plugins, "p%06d.py" % number), "w") as file:
            file.write(MODULE)
    # A cache that is as old as a module does not count.
    time.sleep(1.1)
if question == "cold":
    os.remove(os.path.join(plugins, "dropin.cache"))
sys.path.insert(0, root)

from twisted.plugin import getCache, getPlugins  # noqa: E402
import bench_interfaces  # noqa: E402
import bench_plugins  # noqa: E402


def timed(ask, expected):
    start = time.perf_counter()
    found = len(ask())
    seconds = time.perf_counter() - start
    assert found == expected, found
    return seconds


def least(ask, expected):
    ask()
    return min(timed(ask, expected) for _ in range(21))


def none():
    return list(getPlugins(bench_interfaces.IOther, bench_plugins))


def all_of_them():
    return list(getPlugins(bench_interfaces.IMaterial, bench_plugins))


seconds = {
    "make": lambda: timed(none, 0),
    "cold": lambda: timed(none, 0),
    "none": lambda: timed(none, 0),
    "all": lambda: timed(all_of_them, count),
    "again": lambda: least(all_of_them, count),
    "poll": lambda: least(lambda: getCache(bench_plugins), count),
}[question]()
print(seconds * 1e6)
