package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.github.camelaiflow.model.onnx.OnnxInput.Form;
import io.github.camelaiflow.model.onnx.OnnxInput.Presence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's inputs and outputs. ONNX Runtime's Java API takes just tensors, none of UINT16, UINT32 and UINT64, and every input
 * the model has no value for; it reads no optional types, and sequences of four element types. For what else ONNX knows,
 * nodes are put before and after the model's own, which are left as they are:
 *
 * <ul>
 *   <li>an unsigned input is fed with the signed type's bits, which {@code Cast} takes as they are
 *   <li>a sequence is fed as one tensor of all elements and their shapes, and built by a {@code Loop}
 *   <li>an optional value gets a flag besides, and an {@code If}
 *   <li>an input with an initial value loses it to {@link #initial()}, so that it can be given
 *   <li>what a sequence answers with is cast to a type that can be read
 * </ul>
 */
final class OnnxGraph {

    /** Initialised inputs beyond are weights, as older exporters list them among the inputs. */
    private static final long LARGEST_INITIAL_VALUE = 1024;

    private static final long OPSET_OF_SEQUENCES_IN_LOOPS = 13;
    private static final long IR_OF_OVERRIDING = 4;

    private final ModelProto model;
    private final long opset;
    private final List<String> problems;
    private final GraphProto.Builder graph;
    private final List<NodeProto> before = new ArrayList<>();
    private final List<NodeProto> after = new ArrayList<>();
    private final List<OnnxInput> inputs = new ArrayList<>();
    private final Map<String, OnnxOutput> outputs = new LinkedHashMap<>();
    private final Map<String, TensorProto> initial = new LinkedHashMap<>();
    private boolean changed;

    private OnnxGraph(ModelProto model, List<String> problems) {
        this.model = model;
        this.problems = problems;
        this.graph = model.getGraph().toBuilder().clearInput().clearOutput();
        this.opset = model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(0);
        Map<String, TensorProto> initialised = new LinkedHashMap<>();
        model.getGraph().getInitializerList().forEach(tensor -> initialised.put(tensor.getName(), tensor));
        for (ValueInfoProto input : model.getGraph().getInputList()) {
            input(input, initialised.get(input.getName()));
        }
        model.getGraph().getOutputList().forEach(this::output);
        if (inputs.stream().anyMatch(input -> input.form() == Form.SEQUENCE)) {
            OnnxSequences.constants(graph);
        }
    }

    /** The graph; adds to the problems what can't be given or read. */
    static OnnxGraph of(OnnxFile file, List<String> problems) {
        return new OnnxGraph(file.model(), problems);
    }

    private void input(ValueInfoProto declared, TensorProto value) {
        boolean weight =
                value != null && (model.getIrVersion() < IR_OF_OVERRIDING || elements(value) > LARGEST_INITIAL_VALUE);
        if (weight) {
            graph.addInput(declared);
            return;
        }
        TypeProto type = declared.getType();
        if (type.hasOptionalType()) {
            input(declared, type.getOptionalType().getElemType(), Presence.OPTIONAL);
        } else {
            input(declared, type, value == null ? Presence.REQUIRED : Presence.INITIALISED);
        }
        boolean given =
                !inputs.isEmpty() && inputs.get(inputs.size() - 1).name().equals(declared.getName());
        if (value != null && given) {
            initial.put(declared.getName(), value);
            graph.removeInitializer(graph.getInitializerList().indexOf(value));
        }
    }

    private static long elements(TensorProto tensor) {
        return tensor.getDimsList().stream().reduce(1L, (one, other) -> one * other);
    }

    private void input(ValueInfoProto declared, TypeProto type, Presence presence) {
        boolean sequence = type.hasSequenceType();
        TypeProto tensor = sequence ? type.getSequenceType().getElemType() : type;
        if (!tensor.hasTensorType()) {
            problems.add("its input " + declared.getName() + " is " + kind(type)
                    + ", ONNX Runtime's Java API takes tensors, and sequences of them by way of tensors");
            return;
        }
        OnnxType element = OnnxType.of(tensor.getTensorType().getElemType());
        if (element == null) {
            problems.add("its input " + declared.getName() + " has elements of ONNX's type "
                    + tensor.getTensorType().getElemType() + ", which ONNX Runtime's Java API can't take");
            return;
        }
        Form form = !sequence ? Form.TENSOR : opset < OPSET_OF_SEQUENCES_IN_LOOPS ? Form.SPLIT_SEQUENCE : Form.SEQUENCE;
        List<Long> shape = sequence ? null : shape(tensor.getTensorType());
        OnnxInput input = new OnnxInput(declared.getName(), element, shape, presence, form);
        inputs.add(input);
        feed(input, declared, type);
    }

    private void feed(OnnxInput input, ValueInfoProto declared, TypeProto type) {
        boolean optional = input.presence() == Presence.OPTIONAL;
        if (!optional && !input.isSequence() && !input.type().isFedSigned()) {
            graph.addInput(declared);
            changed |= input.presence() == Presence.INITIALISED;
            return;
        }
        changed = true;
        String made = optional ? input.part("given") : input.name();
        if (input.isSequence()) {
            OnnxSequences.build(input, made, opset, graph, before);
        } else if (input.type().isFedSigned()) {
            TypeProto signed = optional || input.shape() == null
                    ? OnnxNodes.tensor(input.type().fedType())
                    : OnnxNodes.tensor(
                            input.type().fedType(),
                            input.shape().stream().mapToLong(Long::longValue).toArray());
            graph.addInput(OnnxNodes.value(input.fedName(), signed));
            before.add(OnnxNodes.cast(input.fedName(), made, input.type()));
        } else {
            made = input.fedName();
            graph.addInput(OnnxNodes.value(made, OnnxNodes.tensor(input.type())));
        }
        if (optional) {
            graph.addInput(OnnxNodes.value(input.part("has"), OnnxNodes.tensor(OnnxType.BOOL, new long[0])));
            TypeProto whole = declared.getType();
            before.add(OnnxNodes.choice(
                    input.part("has"),
                    input.name(),
                    OnnxNodes.branch(OnnxNodes.node("Optional", List.of(made), input.part("some")), whole),
                    OnnxNodes.branch(
                            OnnxNodes.node("Optional", List.of(), input.part("none"), OnnxNodes.type(type)), whole)));
        }
    }

    private void output(ValueInfoProto declared) {
        String name = declared.getName();
        TypeProto type = declared.getType();
        boolean optional = type.hasOptionalType();
        TypeProto value = optional ? type.getOptionalType().getElemType() : type;
        TypeProto element = value.hasSequenceType() ? value.getSequenceType().getElemType() : value;
        OnnxType of =
                element.hasTensorType() ? OnnxType.of(element.getTensorType().getElemType()) : null;
        boolean cast = value.hasSequenceType() && of != null && OnnxSequences.readAs(of) != of;
        if (!optional && !cast) {
            if (element.hasTensorType() && of == null && element.getTensorType().getElemType() != 0) {
                problems.add("its output " + name + " has elements of ONNX's type "
                        + element.getTensorType().getElemType() + ", which ONNX Runtime's Java API can't read");
            }
            graph.addOutput(declared);
            return;
        }
        if (of == null || cast && opset < OPSET_OF_SEQUENCES_IN_LOOPS) {
            problems.add("its output " + name + " is " + kind(type) + " of a type ONNX Runtime's Java API can't read");
            return;
        }
        changed = true;
        String read = optional ? unwrap(name, value, of) : name;
        if (cast) {
            OnnxType to = OnnxSequences.readAs(of);
            OnnxSequences.cast(read, name + "/aiflow.readable", to, after);
            read = name + "/aiflow.readable";
            graph.addOutput(OnnxNodes.value(read, OnnxNodes.sequence(to)));
        } else {
            graph.addOutput(
                    OnnxNodes.value(read, value.hasSequenceType() ? OnnxNodes.sequence(of) : OnnxNodes.tensor(of)));
        }
        outputs.put(name, new OnnxOutput(read, optional ? name + "/aiflow.has" : null, cast ? of : null));
    }

    /** Adds what tells whether there is a value, and the value, or an empty one. */
    private String unwrap(String name, TypeProto value, OnnxType element) {
        String has = name + "/aiflow.has";
        String some = name + "/aiflow.some";
        String none = name + "/aiflow.none";
        TypeProto type = value.hasSequenceType() ? OnnxNodes.sequence(element) : OnnxNodes.tensor(element);
        after.add(OnnxNodes.node("OptionalHasElement", List.of(name), has));
        after.add(OnnxNodes.choice(
                has,
                name + "/aiflow.value",
                OnnxNodes.branch(OnnxNodes.node("OptionalGetElement", List.of(name), some), type),
                OnnxNodes.branch(
                        value.hasSequenceType()
                                ? OnnxNodes.emptySequence(none, element)
                                : OnnxNodes.emptyTensor(none, element),
                        type)));
        graph.addOutput(OnnxNodes.value(has, OnnxNodes.tensor(OnnxType.BOOL, new long[0])));
        return name + "/aiflow.value";
    }

    private static String kind(TypeProto type) {
        return switch (type.getValueCase()) {
            case MAP_TYPE -> "a map";
            case SEQUENCE_TYPE -> "a sequence, and not of tensors";
            case OPTIONAL_TYPE -> "an optional value";
            case SPARSE_TENSOR_TYPE -> "a sparse tensor";
            default -> "of no type it names";
        };
    }

    private static List<Long> shape(TypeProto.Tensor tensor) {
        if (!tensor.hasShape()) {
            return null;
        }
        return tensor.getShape().getDimList().stream()
                .map(dimension -> dimension.getValueCase() == TensorShapeProto.Dimension.ValueCase.DIM_VALUE
                        ? dimension.getDimValue()
                        : -1L)
                .toList();
    }

    /** What can be given, in the model's order. */
    List<OnnxInput> inputs() {
        return List.copyOf(inputs);
    }

    /** The outputs that are read otherwise than under their names. */
    Map<String, OnnxOutput> outputs() {
        return Map.copyOf(outputs);
    }

    /** The outputs' names, in the model's order. */
    List<String> outputNames() {
        return model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .toList();
    }

    /** Whether the model leaves open how many dimensions an output has; the runtime then tells it as a scalar. */
    boolean hasOutputOfUnknownRank() {
        return model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getType)
                .anyMatch(type -> type.hasTensorType() && !type.getTensorType().hasShape());
    }

    /** The values of the inputs that have one. */
    Map<String, TensorProto> initial() {
        return initial;
    }

    /** The model as ONNX Runtime gets it; {@code null} if nothing had to be changed. */
    byte[] bytes() {
        if (!changed) {
            return null;
        }
        List<NodeProto> own = graph.getNodeList();
        graph.clearNode().addAllNode(before).addAllNode(own).addAllNode(after);
        return model.toBuilder().setGraph(graph).build().toByteArray();
    }
}
