package io.github.camelaiflow.model.xgboost;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/**
 * One regression tree, its nodes in arrays as XGBoost's files have them. A node without children is a leaf and its
 * condition the leaf's value. Every walk ends: each node has at most one parent, which {@link #check} makes sure of.
 *
 * @param left the left child by node, -1 for a leaf
 * @param right the right child by node
 * @param feature the split's feature by node
 * @param condition the split's condition, or the leaf's value
 * @param missingLeft 1 where a missing value goes left
 * @param categories by node, the categories that go right, sorted; {@code null} for a split by number, or for all if there are
 *     no others
 */
record Tree(int[] left, int[] right, int[] feature, float[] condition, int[] missingLeft, int[][] categories) {

    private static final int LEAF = -1;

    /** What a row's features end at. */
    float leaf(float[] row) {
        int node = 0;
        while (left[node] != LEAF) {
            node = goesLeft(node, row[feature[node]]) ? left[node] : right[node];
        }
        return condition[node];
    }

    private boolean goesLeft(int node, float value) {
        if (Float.isNaN(value)) {
            return missingLeft[node] != 0;
        }
        if (categories == null || categories[node] == null) {
            return value < condition[node];
        }
        // as XGBoost: what is no category the split knows goes left
        return value < 0 || Arrays.binarySearch(categories[node], (int) value) < 0;
    }

    /** @throws DamagedException if a walk through the tree could leave its nodes, the features or never end */
    Tree check(int features) {
        int nodes = left.length;
        if (nodes == 0
                || right.length != nodes
                || feature.length != nodes
                || condition.length != nodes
                || missingLeft.length != nodes) {
            throw new DamagedException("a tree's arrays must have one element per node");
        }
        BitSet reached = new BitSet(nodes);
        Deque<Integer> open = new ArrayDeque<>();
        open.push(0);
        reached.set(0);
        while (!open.isEmpty()) {
            int node = open.pop();
            if (left[node] == LEAF) {
                checkLeaf(node);
            } else {
                checkSplit(node, features);
                reach(left[node], reached, open);
                reach(right[node], reached, open);
            }
        }
        return this;
    }

    private void checkLeaf(int node) {
        if (right[node] != LEAF || !Float.isFinite(condition[node])) {
            throw new DamagedException("a leaf must have no child and a finite value");
        }
    }

    private void checkSplit(int node, int features) {
        if (feature[node] < 0 || feature[node] >= features) {
            throw new DamagedException("a split must be by one of the " + features + " features");
        }
        boolean byNumber = categories == null || categories[node] == null;
        if (byNumber && Float.isNaN(condition[node])) {
            throw new DamagedException("a split must have a condition");
        }
    }

    private void reach(int child, BitSet reached, Deque<Integer> open) {
        if (child < 0 || child >= left.length || reached.get(child)) {
            throw new DamagedException("a tree's nodes must each have one parent");
        }
        reached.set(child);
        open.push(child);
    }
}
