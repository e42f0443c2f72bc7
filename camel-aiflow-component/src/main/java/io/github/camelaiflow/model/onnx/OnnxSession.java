package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.camelaiflow.model.ModelException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A session of ONNX Runtime, and what it is fed where a caller leaves an input out. Thread-safe. */
final class OnnxSession implements AutoCloseable {

    private static final Logger LOG = System.getLogger(OnnxSession.class.getName());

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, OnnxTensor> absent = new HashMap<>();
    private OrtSession.Result initial;

    private OnnxSession(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /**
     * Opens a session.
     *
     * @throws ModelException if there is no native library for this platform, or no such execution provider
     * @throws OrtException if the runtime refuses the model
     */
    static OnnxSession open(String place, byte[] bytes, OnnxOptions options) throws OrtException {
        OrtEnvironment environment = environment(place);
        return new OnnxSession(environment, session(place, environment, bytes, options));
    }

    private static OrtEnvironment environment(String place) {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError | RuntimeException e) {
            throw new ModelException(
                    false, "ONNX Runtime needs its native library for this platform to load " + place, e);
        }
    }

    private static OrtSession session(String place, OrtEnvironment environment, byte[] bytes, OnnxOptions options)
            throws OrtException {
        try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
            List<String> problems = new ArrayList<>();
            OnnxProviders.use(options.provider(), settings, problems);
            if (!problems.isEmpty()) {
                throw ModelException.unfit(place, problems);
            }
            settings.setIntraOpNumThreads(options.intraOpThreads());
            settings.setInterOpNumThreads(options.interOpThreads());
            // what it logs can hold elements of the input; errors come back as exceptions anyhow
            settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // the runtime would else take bytes for its own format, which nothing has looked through
            settings.addConfigEntry("session.load_model_format", "ONNX");
            return environment.createSession(bytes, settings);
        }
    }

    /** The runtime's version. */
    static String version(String place) {
        return environment(place).getVersion();
    }

    /** Makes what is fed in place of the inputs that are left out. */
    void prepare(OnnxFile file, OnnxGraph graph, OnnxInputs inputs) throws OrtException {
        inputs.absent(environment, absent);
        if (graph.initial().isEmpty()) {
            return;
        }
        try (OnnxSession values = open(inputs.model(), initialValues(file, graph), OnnxOptions.DEFAULT)) {
            initial = values.session.run(Map.of());
        }
        for (OnnxInput input : graph.inputs()) {
            if (input.presence() == OnnxInput.Presence.INITIALISED) {
                absent.put(input.fedName(), (OnnxTensor)
                        initial.get(input.fedName()).orElseThrow());
            }
        }
    }

    /** A model of no inputs that answers with the initial values, as the other is fed with them. */
    private static byte[] initialValues(OnnxFile file, OnnxGraph graph) {
        GraphProto.Builder values = GraphProto.newBuilder().setName("initial");
        for (OnnxInput input : graph.inputs()) {
            TensorProto value = graph.initial().get(input.name());
            if (value != null) {
                OnnxType fed = input.type().fedType();
                String held = input.part("initial");
                values.addInitializer(value.toBuilder().setName(held));
                values.addNode(
                        fed == input.type()
                                ? OnnxNodes.node("Identity", List.of(held), input.fedName())
                                : OnnxNodes.cast(held, input.fedName(), fed));
                values.addOutput(OnnxNodes.value(input.fedName(), OnnxNodes.tensor(fed)));
            }
        }
        return ModelProto.newBuilder()
                .setIrVersion(file.model().getIrVersion())
                .addAllOpsetImport(file.model().getOpsetImportList())
                .setGraph(values)
                .build()
                .toByteArray();
    }

    Map<String, NodeInfo> outputs() throws OrtException {
        return session.getOutputInfo();
    }

    /** Makes the tensors of one call; those already made are in the map when it throws. */
    interface Feed {
        void tensors(OrtEnvironment environment, Map<String, OnnxTensor> into) throws OrtException;
    }

    /** Reads the answer of one call, which is closed thereafter. */
    interface Reader<T> {
        T read(OrtSession.Result result) throws OrtException;
    }

    /** Asks once. */
    <T> T run(Feed feed, Reader<T> reader) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            feed.tensors(environment, tensors);
            Map<String, OnnxTensor> all = tensors;
            if (!absent.isEmpty()) {
                all = new HashMap<>(absent);
                all.putAll(tensors);
            }
            try (OrtSession.Result result = session.run(all)) {
                return reader.read(result);
            }
        } finally {
            OnnxValue.close(tensors.values());
        }
    }

    /** Frees all native memory. To be called once, and not under a running call. */
    @Override
    public void close() {
        if (initial == null) {
            OnnxValue.close(absent.values());
        } else {
            initial.close();
            absent.values().stream().filter(tensor -> !tensor.isClosed()).forEach(OnnxTensor::close);
        }
        try {
            session.close();
        } catch (OrtException e) {
            LOG.log(Level.WARNING, "an ONNX Runtime session could not be closed", e);
        }
    }
}
