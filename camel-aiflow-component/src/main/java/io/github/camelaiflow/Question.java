package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.serving.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a flow's models are asked: records, of which those that lack what the flow declares are told apart, or tensors as one.
 *
 * @param input what came
 * @param keys key of each record, {@code null} where it has none; {@code null} for tensors
 * @param errors what is wrong with each record, {@code null} where nothing is; {@code null} if nothing is wrong at all
 * @param servedBy as whom the first model asked answers
 * @param deadline until when the caller waits
 */
record Question(ModelInput input, List<String> keys, DataException[] errors, ServedBy servedBy, Deadline deadline) {

    /**
     * The question about what a body holds.
     *
     * @param records {@code null} for tensors
     */
    static Question of(ModelInput input, Records records, Schema schema, ServedBy servedBy, Deadline deadline) {
        if (records == null) {
            return new Question(input, null, null, servedBy, deadline);
        }
        List<String> keys = new ArrayList<>(records.size());
        for (Map<String, Object> row : records.rows()) {
            Object key = row == null || schema.key() == null ? null : row.get(schema.key());
            keys.add(key == null ? null : key.toString());
        }
        return new Question(input, keys, RecordCheck.errors(schema, records), servedBy, deadline);
    }

    /** Whether it is of records, and not of tensors. */
    boolean ofRecords() {
        return keys != null;
    }

    List<Map<String, Object>> rows() {
        return ((ModelInput.Rows) input).rows();
    }

    /** Indexes of the records that can be asked. */
    int[] good() {
        int[] good = new int[rows().size()];
        int count = 0;
        for (int i = 0; i < good.length; i++) {
            if (errors == null || errors[i] == null) {
                good[count++] = i;
            }
        }
        return count == good.length ? good : Arrays.copyOf(good, count);
    }

    /** Those of the records. */
    ModelInput.Rows only(int[] indexes) {
        if (indexes.length == rows().size()) {
            return (ModelInput.Rows) input;
        }
        List<Map<String, Object>> some = new ArrayList<>(indexes.length);
        for (int index : indexes) {
            some.add(rows().get(index));
        }
        return new ModelInput.Rows(some);
    }
}
