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
    private static final long OPSET_OF_OPTIONALS = 16;
    private static final long IR_OF_OVERRIDING = 4;

    private final ModelProto model;
    private final long opset;
    private final List<String> problems;
    private final GraphProto.Builder graph;
    private final List<NodeProto> before = new ArrayList<>();
    private final List<NodeProto> after;
    private final List<OnnxInput> inputs = new ArrayList<>();
    private final Map<String, OnnxOutput> outputs;
    private final Map<String, TensorProto> initial = new LinkedHashMap<>();
    private boolean changed;

    private OnnxGraph(ModelProto model, List<String> problems) {
        this.model = model;
        this.problems = problems;
        this.graph = model.getGraph().toBuilder().clearInput().clearOutput();
        this.opset = model.getOpsetImportList().stream()
                .filter(set -> isDefault(set.getDomain()))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(0);
        Map<String, TensorProto> initialised = new LinkedHashMap<>();
        model.getGraph().getInitializerList().forEach(tensor -> initialised.put(tensor.getName(), tensor));
        for (ValueInfoProto input : model.getGraph().getInputList()) {
            input(input, initialised.get(input.getName()));
        }
        OnnxReadable readable = new OnnxReadable(graph, opset >= OPSET_OF_SEQUENCES_IN_LOOPS, problems);
        model.getGraph().getOutputList().forEach(readable::output);
        this.after = readable.nodes();
        this.outputs = readable.rewritten();
        if (inputs.stream().anyMatch(input -> input.presence() == Presence.OPTIONAL)) {
            checkOpsetOfOptionals();
        }
        if (inputs.stream().anyMatch(input -> input.form() == Form.SEQUENCE)) {
            OnnxSequences.constants(graph);
        }
    }

    /** The graph; adds to the problems what can't be given or read. */
    static OnnxGraph of(OnnxFile file, List<String> problems) {
        return new OnnxGraph(file.model(), problems);
    }

    /** In ONNX 15 {@code If} gives no optional value. What 16 reads otherwise of ONNX 15 is RoiAlign alone. */
    private void checkOpsetOfOptionals() {
        boolean same = OnnxNodes.operators(model.getGraph()).noneMatch("RoiAlign"::equals);
        if (opset < OPSET_OF_OPTIONALS && !(opset == OPSET_OF_OPTIONALS - 1 && same)) {
            problems.add("its optional inputs need operator set " + OPSET_OF_OPTIONALS + ", it has " + opset);
        }
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

    private static boolean isDefault(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    private static long elements(TensorProto tensor) {
        return tensor.getDimsList().stream().reduce(1L, (one, other) -> one * other);
    }

    private void input(ValueInfoProto declared, TypeProto type, Presence presence) {
        boolean sequence = type.hasSequenceType();
        TypeProto tensor = sequence ? type.getSequenceType().getElemType() : type;
        if (!tensor.hasTensorType()) {
            problems.add("its input " + declared.getName() + " is " + OnnxNodes.kind(type)
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
        return outputs;
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
        if (!changed && outputs.isEmpty()) {
            return null;
        }
        List<NodeProto> own = graph.getNodeList();
        graph.clearNode().addAllNode(before).addAllNode(own).addAllNode(after);
        ModelProto.Builder whole = model.toBuilder().setGraph(graph);
        boolean optional = inputs.stream().anyMatch(input -> input.presence() == Presence.OPTIONAL);
        for (OperatorSetIdProto.Builder set : whole.getOpsetImportBuilderList()) {
            if (optional && isDefault(set.getDomain())) {
                set.setVersion(Math.max(set.getVersion(), OPSET_OF_OPTIONALS));
            }
        }
        return whole.build().toByteArray();
    }
}
