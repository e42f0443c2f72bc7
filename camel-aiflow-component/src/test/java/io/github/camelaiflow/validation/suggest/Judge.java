package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.validation.ExpectationResult;
import io.github.camelaiflow.validation.RecordValidator;
import io.github.camelaiflow.validation.ResultFormat;
import io.github.camelaiflow.validation.Scope;
import java.util.List;
import java.util.Map;

/** Judges batches by a suggested suite. */
final class Judge {

    private Judge() {}

    /** The types of the expectations the batch fails, with their columns. */
    static List<String> failed(SuggestedSuite suggested, List<Map<String, Object>> batch) {
        try (RecordValidator validator = new RecordValidator(Schema.NONE, suggested.suite())) {
            return validator.validate(Records.batch(batch), Scope.BATCH, ResultFormat.BOOLEAN_ONLY).results().stream()
                    .filter(result -> !result.success())
                    .map(Judge::name)
                    .toList();
        }
    }

    /** The same without those alpha does not cover. */
    static List<String> brokenPromises(SuggestedSuite suggested, List<Map<String, Object>> batch) {
        try (RecordValidator validator = new RecordValidator(Schema.NONE, suggested.suite())) {
            return validator.validate(Records.batch(batch), Scope.BATCH, ResultFormat.BOOLEAN_ONLY).results().stream()
                    .filter(result -> !result.success() && promised(result))
                    .map(Judge::name)
                    .toList();
        }
    }

    private static boolean promised(ExpectationResult result) {
        return Boolean.TRUE.equals(((Map<?, ?>) result.expectation().meta().get("aiflow")).get("promised"));
    }

    private static String name(ExpectationResult result) {
        return result.expectation().type().replace("expect_column_", "") + " of "
                + result.expectation().column();
    }
}
