package io.github.camelaiflow.model.tribuo;

import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.Scores;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.Event;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * Tribuo's predictions in the words of {@link Output}. Thread-safe.
 *
 * @param <T> Tribuo's output type
 */
final class TribuoOutputs<T extends org.tribuo.Output<T>> {

    /** Answers {@code null} where the prediction is NaN. */
    private interface Mapper<T extends org.tribuo.Output<T>> {
        Output map(Prediction<T> prediction);
    }

    private final T placeholder;
    private final List<String> names;
    private final Mapper<T> mapper;

    private TribuoOutputs(T placeholder, List<String> names, Mapper<T> mapper) {
        this.placeholder = placeholder;
        this.names = List.copyOf(names);
        this.mapper = mapper;
    }

    /** What a not yet predicted example carries. */
    T placeholder() {
        return placeholder;
    }

    /** The labels, dimensions or clusters in the model's order. */
    List<String> names() {
        return names;
    }

    /** The prediction as an outcome, {@code null} if it is not a number. */
    Outcome outcome(Prediction<T> prediction) {
        Output output = mapper.map(prediction);
        return output == null ? null : Outcome.of(output);
    }

    /** @throws ModelException if the model's output type is none of Tribuo's own */
    @SuppressWarnings("unchecked") // an element of the domain tells what T is
    static <T extends org.tribuo.Output<T>> TribuoOutputs<T> of(String place, Model<T> model) {
        ImmutableOutputInfo<T> domain = model.getOutputIDInfo();
        T sample = domain.getDomain().stream().findFirst().orElse(null);
        TribuoOutputs<?> outputs;
        if (sample instanceof Label) {
            outputs = labels((ImmutableOutputInfo<Label>) domain);
        } else if (sample instanceof Regressor) {
            outputs = regression((ImmutableOutputInfo<Regressor>) domain);
        } else if (sample instanceof Event) {
            outputs = anomaly();
        } else if (sample instanceof ClusterID) {
            outputs = clusters((ImmutableOutputInfo<ClusterID>) domain);
        } else if (sample instanceof MultiLabel) {
            outputs = multiLabel((ImmutableOutputInfo<MultiLabel>) domain);
        } else {
            throw new ModelException(
                    false,
                    "a Tribuo model must answer with labels, regressed values, anomalies, clusters or label sets, "
                            + place + " doesn't");
        }
        return (TribuoOutputs<T>) outputs;
    }

    private static TribuoOutputs<Label> labels(ImmutableOutputInfo<Label> domain) {
        List<String> names = new ArrayList<>();
        for (int id = 0; id < domain.size(); id++) {
            names.add(domain.getOutput(id).getLabel());
        }
        List<String> order = List.copyOf(names);
        return new TribuoOutputs<>(LabelFactory.UNKNOWN_LABEL, order, prediction -> label(order, prediction));
    }

    private static Output label(List<String> order, Prediction<Label> prediction) {
        Label winner = prediction.getOutput();
        Map<String, Label> all = prediction.getOutputScores();
        if (Double.isNaN(winner.getScore()) && !all.isEmpty()) {
            return null;
        }
        return Output.label(winner.getLabel(), number(winner.getScore()), scores(order, all));
    }

    private static Map<String, Double> scores(List<String> order, Map<String, Label> all) {
        double[] values = new double[all.size()];
        if (values.length == order.size()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = all.get(order.get(i)).getScore();
            }
            return Scores.of(order, values);
        }
        // some models only score the labels they considered
        Map<String, Double> scores = new LinkedHashMap<>();
        for (String name : order) {
            if (all.containsKey(name)) {
                scores.put(name, all.get(name).getScore());
            }
        }
        return scores;
    }

    private static TribuoOutputs<Regressor> regression(ImmutableOutputInfo<Regressor> domain) {
        List<String> names = new ArrayList<>();
        for (int id = 0; id < domain.size(); id++) {
            names.add(domain.getOutput(id).getNames()[0]);
        }
        return new TribuoOutputs<>(RegressionFactory.UNKNOWN_REGRESSOR, names, TribuoOutputs::regressed);
    }

    private static Output regressed(Prediction<Regressor> prediction) {
        String[] names = prediction.getOutput().getNames();
        double[] values = prediction.getOutput().getValues();
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (Double.isNaN(values[i])) {
                return null;
            }
            byName.put(names[i], values[i]);
        }
        return values.length == 1 ? Output.value(values[0]) : new Output(Map.copyOf(byName), null, null, byName);
    }

    private static TribuoOutputs<Event> anomaly() {
        List<String> names = List.of(Event.EventType.EXPECTED.name(), Event.EventType.ANOMALOUS.name());
        return new TribuoOutputs<>(AnomalyFactory.UNKNOWN_EVENT, names, prediction -> {
            Event event = prediction.getOutput();
            return Output.label(event.getType().name(), number(event.getScore()), Map.of());
        });
    }

    private static TribuoOutputs<ClusterID> clusters(ImmutableOutputInfo<ClusterID> domain) {
        Set<String> names = new TreeSet<>(Comparator.comparing(Integer::valueOf));
        domain.getDomain().forEach(cluster -> names.add(Integer.toString(cluster.getID())));
        return new TribuoOutputs<>(ClusteringFactory.UNASSIGNED_CLUSTER_ID, List.copyOf(names), prediction -> {
            ClusterID winner = prediction.getOutput();
            Map<String, Double> scores = new LinkedHashMap<>();
            prediction.getOutputScores().forEach((name, cluster) -> scores.put(name, cluster.getScore()));
            return new Output(winner.getID(), null, number(winner.getScore()), scores);
        });
    }

    private static TribuoOutputs<MultiLabel> multiLabel(ImmutableOutputInfo<MultiLabel> domain) {
        List<String> names = new ArrayList<>();
        for (int id = 0; id < domain.size(); id++) {
            names.add(domain.getOutput(id).getLabelString());
        }
        return new TribuoOutputs<>(
                MultiLabelFactory.UNKNOWN_MULTILABEL, names, prediction -> labelSet(names, prediction));
    }

    private static Output labelSet(List<String> names, Prediction<MultiLabel> prediction) {
        Map<String, MultiLabel> all = prediction.getOutputScores();
        Map<String, Double> scores = new LinkedHashMap<>();
        for (String name : names) {
            MultiLabel scored = all.get(name);
            if (scored != null) {
                double score = scored.getLabelScore(new Label(name)).orElse(Double.NaN);
                if (Double.isNaN(score)) {
                    return null;
                }
                scores.put(name, score);
            }
        }
        // sorted, so that equal answers read equal
        Set<String> labels = new TreeSet<>(prediction.getOutput().getNameSet());
        return new Output(
                Collections.unmodifiableSet(labels),
                null,
                number(prediction.getOutput().getScore()),
                scores);
    }

    private static Double number(double score) {
        return Double.isNaN(score) ? null : score;
    }
}
