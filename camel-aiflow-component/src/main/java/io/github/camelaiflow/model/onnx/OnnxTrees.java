package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a TreeEnsemble's nodes and leaves fit each other. */
final class OnnxTrees {

    private final NodeProto operator;
    private final long width;
    private final boolean classifier;
    private final Map<List<Long>, Integer> nodes = new HashMap<>();

    /** @param width how many features it gets; -1 if that isn't known */
    OnnxTrees(NodeProto operator, long width) {
        this.operator = operator;
        this.width = width;
        this.classifier = operator.getOpType().equals("TreeEnsembleClassifier");
    }

    /** What is wrong; {@code null} if nothing is. */
    String problem() {
        if (!isEven()) {
            return "hasn't all attributes for each node and each leaf";
        }
        if (!areTrees()) {
            return "has nodes that aren't trees";
        }
        return areLeavesKnown() ? null : "has leaves that aren't among its nodes or targets";
    }

    private boolean isEven() {
        int count = ints("nodes_treeids").size();
        int leaves = ints(leaf("treeids")).size();
        int values = values("nodes_values");
        boolean even = count > 0
                && List.of("nodes_nodeids", "nodes_featureids", "nodes_truenodeids", "nodes_falsenodeids").stream()
                        .allMatch(name -> ints(name).size() == count)
                && OnnxMlChecks.strings(operator, "nodes_modes").size() == count
                && values == count;
        int tracks = ints("nodes_missing_value_tracks_true").size();
        int rates = values("nodes_hitrates");
        return even
                && (tracks == 0 || tracks == count)
                && (rates == 0 || rates == count)
                && ints(leaf("nodeids")).size() == leaves
                && ints(leaf("ids")).size() == leaves
                && values(leaf("weights")) == leaves;
    }

    /** Each branch's children are there, and no node has two parents, so that there is no way round. */
    private boolean areTrees() {
        for (int i = 0; i < ints("nodes_treeids").size(); i++) {
            if (nodes.put(
                            List.of(
                                    ints("nodes_treeids").get(i),
                                    ints("nodes_nodeids").get(i)),
                            i)
                    != null) {
                return false;
            }
        }
        List<?> modes = OnnxMlChecks.strings(operator, "nodes_modes");
        Set<List<Long>> children = new HashSet<>();
        for (int i = 0; i < modes.size(); i++) {
            boolean isLeaf = ((ByteString) modes.get(i)).toStringUtf8().equals("LEAF");
            if (!isLeaf
                    && !(isFeature(i)
                            && isChild(i, "nodes_truenodeids", children)
                            && isChild(i, "nodes_falsenodeids", children))) {
                return false;
            }
        }
        return hasRoots(children);
    }

    private boolean isFeature(int node) {
        long feature = ints("nodes_featureids").get(node);
        return feature >= 0 && feature < (width < 0 ? Integer.MAX_VALUE : width);
    }

    private boolean isChild(int node, String name, Set<List<Long>> children) {
        List<Long> child = List.of(ints("nodes_treeids").get(node), ints(name).get(node));
        return nodes.containsKey(child) && children.add(child);
    }

    /** One for each tree, and first among its nodes, where the runtime looks for it. */
    private boolean hasRoots(Set<List<Long>> children) {
        Set<Long> trees = new HashSet<>();
        for (int i = 0; i < ints("nodes_treeids").size(); i++) {
            long tree = ints("nodes_treeids").get(i);
            boolean first = trees.add(tree);
            if (first == children.contains(List.of(tree, ints("nodes_nodeids").get(i)))) {
                return false;
            }
        }
        return true;
    }

    private boolean areLeavesKnown() {
        long targets = classifier
                ? ints("classlabels_int64s").size()
                        + OnnxMlChecks.strings(operator, "classlabels_strings").size()
                : OnnxMlChecks.integer(operator, "n_targets", 0);
        int bases = values("base_values");
        if (targets < 1 || bases > targets || !classifier && bases != 0 && bases != targets) {
            return false;
        }
        for (int i = 0; i < ints(leaf("ids")).size(); i++) {
            long target = ints(leaf("ids")).get(i);
            List<Long> node =
                    List.of(ints(leaf("treeids")).get(i), ints(leaf("nodeids")).get(i));
            if (target < 0 || target >= targets || !nodes.containsKey(node)) {
                return false;
            }
        }
        return true;
    }

    private String leaf(String attribute) {
        return (classifier ? "class_" : "target_") + attribute;
    }

    private List<Long> ints(String name) {
        return OnnxMlChecks.ints(operator, name);
    }

    /** As floats, or, for doubles, as a tensor. */
    private int values(String name) {
        return Math.max(OnnxMlChecks.floats(operator, name), OnnxMlChecks.floats(operator, name + "_as_tensor"));
    }
}
