package io.github.camelaiflow.claims.training;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.protos.ClassificationLinearSGDProto;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.protos.core.ModelProto;

/**
 * Brings numbers to mean 0 and deviation 1, which gradient descent needs, and then takes that back out of the linear
 * model, so that what is served reads claims as they come: with x' = (x - m) / s, w x' + b = (w / s) x + (b - w m / s).
 */
final class Scaling {

    private record Spread(double mean, double deviation) {}

    private final Map<String, Spread> spreads = new TreeMap<>();

    /** Measures the features of these examples; one that is absent from an example counts as 0. */
    Scaling(List<Example<Label>> examples) {
        Map<String, double[]> sums = new TreeMap<>();
        for (Example<Label> example : examples) {
            for (Feature feature : example) {
                double[] sum = sums.computeIfAbsent(feature.getName(), name -> new double[2]);
                sum[0] += feature.getValue();
                sum[1] += feature.getValue() * feature.getValue();
            }
        }
        sums.forEach((name, sum) -> {
            double mean = sum[0] / examples.size();
            spreads.put(name, new Spread(mean, StrictMath.sqrt(sum[1] / examples.size() - mean * mean)));
        });
    }

    /** The example with scaled features, all of them present. */
    Example<Label> scale(Example<Label> example) {
        Map<String, Double> values = new TreeMap<>();
        example.forEach(feature -> values.put(feature.getName(), feature.getValue()));
        Example<Label> scaled = new ArrayExample<>(example.getOutput());
        spreads.forEach((name, spread) ->
                scaled.add(new Feature(name, (values.getOrDefault(name, 0.0) - spread.mean()) / spread.deviation())));
        return scaled;
    }

    /** A model for unscaled examples that answers as that one does for scaled ones. */
    LinearSGDModel unscale(LinearSGDModel model) {
        DenseMatrix weights = model.getWeightsCopy();
        ImmutableFeatureMap features = model.getFeatureIDMap();
        for (int label = 0; label < weights.getDimension1Size(); label++) {
            double bias = weights.get(label, features.size());
            for (int id = 0; id < features.size(); id++) {
                Spread spread = spreads.get(features.get(id).getName());
                double weight = weights.get(label, id) / spread.deviation();
                weights.set(label, id, weight);
                bias -= weight * spread.mean();
            }
            weights.set(label, features.size(), bias);
        }
        return withWeights(model, weights);
    }

    private static LinearSGDModel withWeights(LinearSGDModel model, DenseMatrix weights) {
        try {
            ModelProto proto = model.serialize();
            ClassificationLinearSGDProto linear =
                    proto.getSerializedData().unpack(ClassificationLinearSGDProto.class).toBuilder()
                            .setParams(new LinearParameters(weights).serialize())
                            .build();
            return (LinearSGDModel) Model.deserialize(
                    proto.toBuilder().setSerializedData(Any.pack(linear)).build());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Tribuo must read what it wrote", e);
        }
    }
}
