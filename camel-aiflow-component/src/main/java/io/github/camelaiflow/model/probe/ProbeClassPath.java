package io.github.camelaiflow.model.probe;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the classes are that a probe needs. This JVM's own class path need not have them: an application server or Quarkus
 * loads them from jars of its own, which their classes tell.
 */
final class ProbeClassPath {

    /** A class of each jar that loading may need; of an optional one only where it is there. */
    private static final List<String> CLASSES = List.of(
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "org.slf4j.Logger",
            "com.google.protobuf.Message",
            "com.oracle.labs.mlrg.olcut.provenance.Provenance",
            "com.oracle.labs.mlrg.olcut.config.protobuf.ProtoProvenanceSerialization",
            "com.oracle.labs.mlrg.olcut.util.Pair",
            "org.tribuo.Model",
            "org.tribuo.math.la.Tensor",
            "org.tribuo.util.infotheory.InformationTheory",
            "ai.onnx.proto.OnnxMl",
            "org.tribuo.classification.Label",
            "org.tribuo.classification.dtree.CARTClassificationTrainer",
            "org.tribuo.classification.sgd.linear.LinearSGDModel",
            "org.tribuo.classification.libsvm.LibSVMClassificationModel",
            "org.tribuo.classification.mnb.MultinomialNaiveBayesModel",
            "org.tribuo.regression.Regressor",
            "org.tribuo.regression.rtree.CARTRegressionTrainer",
            "org.tribuo.regression.sgd.linear.LinearSGDModel",
            "org.tribuo.regression.slm.SparseLinearModel",
            "org.tribuo.regression.libsvm.LibSVMRegressionModel",
            "org.tribuo.anomaly.Event",
            "org.tribuo.anomaly.libsvm.LibSVMAnomalyModel",
            "org.tribuo.clustering.ClusterID",
            "org.tribuo.clustering.kmeans.KMeansModel",
            "org.tribuo.clustering.hdbscan.HdbscanModel",
            "org.tribuo.clustering.gmm.GaussianMixtureModel",
            "org.tribuo.multilabel.MultiLabel",
            "org.tribuo.multilabel.sgd.linear.LinearSGDModel",
            "org.tribuo.common.tree.Node",
            "org.tribuo.common.sgd.AbstractLinearSGDModel",
            "org.tribuo.common.nearest.KNNModel",
            "org.tribuo.common.libsvm.LibSVMModel",
            "libsvm.svm",
            "org.tribuo.interop.onnx.ONNXExternalModel",
            "ai.onnxruntime.OrtEnvironment");

    private ProbeClassPath() {}

    /** The class path; empty if our own classes are in no file or folder, as in a native image or a jar within a jar. */
    static Optional<String> find() {
        Optional<Path> own = location(ProbeMain.class);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Set<String> entries = new LinkedHashSet<>();
        entries.add(own.get().toString());
        ClassLoader loader = ProbeMain.class.getClassLoader();
        for (String name : CLASSES) {
            try {
                location(Class.forName(name, false, loader)).ifPresent(path -> entries.add(entry(path, own.get())));
            } catch (ClassNotFoundException | LinkageError e) {
                // an optional jar that isn't there: the probe then says of a file what this JVM would
                continue;
            }
        }
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                entries.add(Path.of(entry).toAbsolutePath().toString());
            }
        }
        return Optional.of(String.join(File.pathSeparator, entries));
    }

    /** Jars that lie where ours lies are an application's folder of jars: all of it is taken, since jars need others. */
    private static String entry(Path jar, Path own) {
        boolean together = Files.isRegularFile(own) && jar.getParent().equals(own.getParent());
        return together ? jar.resolveSibling("*").toString() : jar.toString();
    }

    private static Optional<Path> location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            URI uri = source.getLocation().toURI();
            return "file".equals(uri.getScheme()) ? Optional.of(Path.of(uri)).filter(Files::exists) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
    }
}
