package io.github.camelaiflow.model.xgboost;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reads one tree; what only training and explaining need is skipped. For one use. */
final class TreeReader {

    private static final int[] NONE = {};

    private int[] left = NONE;
    private int[] right = NONE;
    private int[] feature = NONE;
    private int[] missingLeft = NONE;
    private float[] condition = {};
    private int[] categories = NONE;
    private int[] nodes = NONE;
    private int[] segments = NONE;
    private int[] sizes = NONE;

    private TreeReader() {}

    /** The tree the reader stands at; not checked. */
    static Tree read(JsonValues json) throws IOException {
        TreeReader tree = new TreeReader();
        json.object("a tree", name -> tree.field(json, name));
        int[][] categories = tree.nodes.length == 0 ? null : tree.byNode();
        return new Tree(tree.left, tree.right, tree.feature, tree.condition, tree.missingLeft, categories);
    }

    private void field(JsonValues json, String name) throws IOException {
        switch (name) {
            case "left_children" -> left = json.ints(name);
            case "right_children" -> right = json.ints(name);
            case "split_indices" -> feature = json.ints(name);
            case "split_conditions" -> condition = json.floats(name);
            case "default_left" -> missingLeft = json.ints(name);
            case "categories" -> categories = json.ints(name);
            case "categories_nodes" -> nodes = json.ints(name);
            case "categories_segments" -> segments = json.ints(name);
            case "categories_sizes" -> sizes = json.ints(name);
            case "tree_param" -> json.object(name, parameter -> parameter(json, parameter));
            default -> json.skip();
        }
    }

    private static void parameter(JsonValues json, String name) throws IOException {
        if (!name.equals("size_leaf_vector")) {
            json.skip();
        } else if (!List.of("0", "1").contains(json.text(name))) {
            throw new DamagedException("leaves must hold one value: train with multi_strategy=one_output_per_tree");
        }
    }

    private int[][] byNode() {
        if (segments.length != nodes.length || sizes.length != nodes.length) {
            throw new DamagedException("a tree's categories must be given for each of its nodes that has any");
        }
        int[][] byNode = new int[left.length][];
        int unclaimed = categories.length;
        for (int i = 0; i < nodes.length; i++) {
            boolean within = segments[i] >= 0 && sizes[i] >= 0 && sizes[i] <= categories.length - segments[i];
            // counted down, so that many nodes cannot each claim all of a long list
            if (!within
                    || sizes[i] > unclaimed
                    || nodes[i] < 0
                    || nodes[i] >= byNode.length
                    || byNode[nodes[i]] != null) {
                throw new DamagedException("a tree's categories must lie within its list of them");
            }
            unclaimed -= sizes[i];
            byNode[nodes[i]] = Arrays.copyOfRange(categories, segments[i], segments[i] + sizes[i]);
            Arrays.sort(byNode[nodes[i]]);
        }
        return byNode;
    }
}
