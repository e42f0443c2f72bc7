package io.github.camelaiflow.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** The predictions of a batch, in the order of its records. Immutable; its String form is a JSON array. */
public final class Predictions extends AbstractList<Prediction> implements RandomAccess, FlowResult {

    private final List<Prediction> predictions;

    /** A copy of the list. */
    public Predictions(List<Prediction> predictions) {
        this.predictions = List.copyOf(predictions);
    }

    @Override
    public Prediction get(int index) {
        return predictions.get(index);
    }

    @Override
    public int size() {
        return predictions.size();
    }

    /** The same predictions, whose String form shows keys and inputs. */
    public Predictions inDetail() {
        return new Predictions(predictions.stream().map(Prediction::inDetail).toList());
    }

    /** The full form as a JSON array, with keys and inputs. */
    @Override
    public String toJson() {
        ArrayNode array = Json.array();
        predictions.forEach(prediction -> array.add(prediction.json(true)));
        return array.toString();
    }

    /** A JSON array; without keys and inputs unless the predictions are {@linkplain Prediction#detailed() detailed}. */
    @Override
    public String toString() {
        ArrayNode array = Json.array();
        predictions.forEach(prediction -> array.add(prediction.json(prediction.detailed())));
        return array.toString();
    }
}
