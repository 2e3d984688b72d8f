"""Every complete subtree of some entries, hashed once: a `tree.NodeAt` to prove from."""

from shared.recordlog import tree


class Nodes:
    def __init__(self, entries):
        self.rows = [[tree.leaf_hash(entry) for entry in entries]]
        while len(self.rows[-1]) > 1:
            row = self.rows[-1]
            pairs = zip(row[::2], row[1::2], strict=False)
            self.rows.append([tree.node_hash(left, right) for left, right in pairs])

    def __call__(self, level, index):
        return self.rows[level][index]
