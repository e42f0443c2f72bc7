package io.github.camelaiflow.model.tribuo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.Event;
import org.tribuo.provenance.ModelProvenance;

/** An anomaly model: a claim of more than 5 is one, and its score is by how much. */
final class ThresholdModel extends Model<Event> {

    private static final long serialVersionUID = 1L;

    private ThresholdModel(Model<?> other, MutableDataset<Event> data) {
        super("threshold", other.getProvenance(), data.getFeatureIDMap(), data.getOutputIDInfo(), false);
    }

    ThresholdModel() {
        this(
                TrainedModels.cost(),
                TrainedModels.dataset(new AnomalyFactory(), claim -> AnomalyFactory.EXPECTED_EVENT, false));
    }

    @Override
    public Prediction<Event> predict(Example<Event> example) {
        double score = Double.NaN;
        for (Feature feature : example) {
            score = feature.getName().equals("claim_amount") ? feature.getValue() - 5 : score;
        }
        Event.EventType type = score > 0 ? Event.EventType.ANOMALOUS : Event.EventType.EXPECTED;
        return new Prediction<>(new Event(type, score), 1, example);
    }

    @Override
    public Map<String, List<com.oracle.labs.mlrg.olcut.util.Pair<String, Double>>> getTopFeatures(int n) {
        return Map.of();
    }

    @Override
    public Optional<Excuse<Event>> getExcuse(Example<Event> example) {
        return Optional.empty();
    }

    @Override
    protected Model<Event> copy(String newName, ModelProvenance newProvenance) {
        return this;
    }
}
