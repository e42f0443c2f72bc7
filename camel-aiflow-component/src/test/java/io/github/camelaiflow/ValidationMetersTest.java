package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counters per suite and expectation, apart for each scope. */
class ValidationMetersTest extends WithFlowFolder {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void eachExpectationIsCountedByScope() throws Exception {
        folder.write("s.json", """
                {"name": "orders", "expectations": [
                  {"type": "expect_column_values_to_be_between", "kwargs": {"column": "x", "min_value": 0, "mostly": 0.5}},
                  {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "x", "value_set": [1, -1]}, "severity": "info"},
                  {"type": "expect_column_mean_to_be_between", "kwargs": {"column": "x", "max_value": 0}}]}
                """);
        String suite = "suite=file:" + temp.resolve("s.json");
        context = folder.context(routes(
                "aiflow:validate:r?onInvalid=mark&" + suite,
                "aiflow:validate:b?onInvalid=mark&scope=batch&" + suite,
                "aiflow:validate:w?scope=window&window=4&" + suite));
        context.getRegistry().bind("metricsRegistry", meters);
        context.start();
        List<Map<String, Object>> rows = List.of(Map.of("x", 1), Map.of("x", 1), Map.of("x", 7), Map.of("x", -1));

        send("direct:r0", rows);
        send("direct:r1", rows);
        send("direct:r2", rows);

        assertThat(unexpected("r", "record", "values_to_be_between")).isEqualTo(1);
        assertThat(unexpected("r", "record", "values_to_be_in_set")).isEqualTo(1);
        assertThat(unexpected("b", "batch", "values_to_be_in_set")).isEqualTo(1);
        assertThat(unexpected("w", "window", "values_to_be_between")).isEqualTo(1);
        assertThat(failures("b", "batch", "mean_to_be_between", "critical")).isEqualTo(1);
        assertThat(failures("w", "window", "mean_to_be_between", "critical")).isEqualTo(1);
        assertThat(failures("b", "batch", "values_to_be_in_set", "info")).isEqualTo(1);
        assertThat(meters.find("aiflow.expectation.failures")
                        .tag("expectation", "expect_column_values_to_be_between")
                        .tag("flow", "b")
                        .counter())
                .isNull();
    }

    private double unexpected(String flow, String scope, String expectation) {
        return meters.get("aiflow.expectation.unexpected")
                .tags("flow", flow, "suite", "orders", "scope", scope, "column", "x")
                .tag("expectation", "expect_column_" + expectation)
                .counter()
                .count();
    }

    private double failures(String flow, String scope, String expectation, String severity) {
        return meters.get("aiflow.expectation.failures")
                .tags("flow", flow, "suite", "orders", "scope", scope, "column", "x", "severity", severity)
                .tag("expectation", "expect_column_" + expectation)
                .counter()
                .count();
    }
}
