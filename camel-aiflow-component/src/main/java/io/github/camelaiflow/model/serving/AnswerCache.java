package io.github.camelaiflow.model.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Answers by model and digest of what the model read. Errors are not kept. Bounded in number and age. Thread-safe. */
final class AnswerCache {

    private final Cache<RecordDigest, Output> answers;

    AnswerCache(Serving.Kept kept, LongSupplier nanoTime) {
        answers = Caffeine.newBuilder()
                .maximumSize(kept.size())
                .expireAfterWrite(kept.maxAge())
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * What is known of the rows.
     *
     * @param model tells models apart whose answers may differ
     * @param features the values the model reads; empty if it may read any
     */
    Lookup lookup(String model, List<String> features, List<Map<String, Object>> rows) {
        RecordDigest[] digests = new RecordDigest[rows.size()];
        Outcome[] found = new Outcome[rows.size()];
        List<Map<String, Object>> missing = new ArrayList<>();
        for (int i = 0; i < digests.length; i++) {
            Map<String, Object> row = rows.get(i);
            digests[i] = RecordDigest.of(model, features.isEmpty() ? row : read(row, features));
            Output known = digests[i] == null ? null : answers.getIfPresent(digests[i]);
            if (known == null) {
                missing.add(row);
            } else {
                found[i] = Outcome.of(SharedOutput.copy(known)).by(ServedBy.CACHE);
            }
        }
        return new Lookup(digests, found, missing);
    }

    private static Map<String, Object> read(Map<String, Object> row, List<String> features) {
        Map<String, Object> values = new TreeMap<>();
        features.forEach(feature -> values.put(feature, row.get(feature)));
        return values;
    }

    /** What was found, row by row, and what must be asked for. */
    final class Lookup {

        private final RecordDigest[] digests;
        private final Outcome[] found;
        private final List<Map<String, Object>> missing;

        private Lookup(RecordDigest[] digests, Outcome[] found, List<Map<String, Object>> missing) {
            this.digests = digests;
            this.found = found;
            this.missing = missing;
        }

        List<Map<String, Object>> missing() {
            return missing;
        }

        /** The outcomes of all rows, given those of the missing ones. */
        List<Outcome> outcomes(List<Outcome> asked) {
            return merged(asked, false);
        }

        /** As {@link #outcomes}; the answers among those asked for are kept. */
        List<Outcome> keep(List<Outcome> asked) {
            return merged(asked, true);
        }

        private List<Outcome> merged(List<Outcome> asked, boolean keep) {
            List<Outcome> all = new ArrayList<>(found.length);
            int next = 0;
            for (int i = 0; i < found.length; i++) {
                Outcome outcome = found[i] == null ? asked.get(next++) : found[i];
                if (keep && found[i] == null && digests[i] != null && outcome.output() != null) {
                    answers.put(digests[i], SharedOutput.copy(outcome.output()));
                }
                all.add(outcome);
            }
            return all;
        }
    }
}
