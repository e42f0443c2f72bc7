package io.github.camelaiflow.validation.suggest;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of the measured rows and of the batch to come. Not thread-safe. */
final class Measurement {

    private final int batch;
    private final Map<String, Integer> missingAtMost = new HashMap<>();

    Measurement(int batch) {
        this.batch = batch;
    }

    /** Records of the batch the promise is about. */
    int batch() {
        return batch;
    }

    /** Tells how many values of a column a batch lacks at most, at its share of alpha. */
    void missingAtMost(String column, int values) {
        missingAtMost.put(column, values);
    }

    /** How many records of the batch have all these values, at least; not below 1, because of none nothing is judged. */
    int presentAtLeast(Iterable<SampleColumn> columns) {
        int present = batch;
        for (SampleColumn column : columns) {
            present -= missingAtMost.getOrDefault(column.name(), 0);
        }
        return Math.max(1, present);
    }

    /** How an expectation was derived. */
    Map<String, Object> how(String method, int measured, double alpha) {
        Map<String, Object> how = new LinkedHashMap<>();
        how.put("method", method);
        how.put("sample_size", measured);
        how.put("confidence", 1 - alpha);
        how.put("batch_size", batch);
        return how;
    }
}
