package io.github.camelaiflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.it.InsuranceData.Row;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Insurance claims from the directory {@code -Daiflow.data=…}: a model of one half scores the other in a route. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InsuranceIT {

    private static final long SEED = 7;

    /**
     * Measured were 0.782 with this seed, and 0.751 to 0.782 over the seeds 1 to 12 (75 to 94 frauds in the unseen half: one
     * standard error is about 0.03). The bar lies below the worst of them, and eight standard errors above a coin.
     */
    private static final double LEAST_AUC = 0.73;

    private DefaultCamelContext context;
    private InsuranceData data;
    private long evaluations;

    @BeforeAll
    void startFlow(@TempDir Path folder) throws Exception {
        String property = System.getProperty("aiflow.data", "");
        assumeTrue(!property.isBlank(), "the property aiflow.data is not set");
        data = InsuranceData.read(Path.of(property, "insurance"), SEED);
        InsuranceFlow.write(data, folder, SEED);
        context = new DefaultCamelContext();
        context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + folder);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:claims")
                        .to("aiflow:validate:insurance")
                        .to("aiflow:infer:insurance")
                        .to("aiflow:drift:insurance");
            }
        });
        context.start();
    }

    @AfterAll
    void stop() {
        if (context != null) {
            context.stop();
        }
    }

    @Test
    void theUnseenHalfIsScoredWellAndIsStableUntilItIsShifted() throws Exception {
        assertThat(data.training()).hasSize(2_500);
        assertThat(data.unseen()).hasSize(2_500);

        Map<String, Double> batches = scoreBatches();
        Map<String, Double> singles = scoreSingles();

        assertThat(singles).hasSize(2_500).isEqualTo(batches);
        double auc = auc(singles);
        System.out.printf("insurance: AUC %.3f on the unseen half%n", auc);
        assertThat(auc).isGreaterThan(LEAST_AUC);
        assertThat(attribute("ValidatedRecords")).isEqualTo(5_000L);
        assertThat(attribute("Predictions")).isEqualTo(5_000L);
        assertThat(attribute("InvalidRecords")).isEqualTo(0L);
        assertThat(attribute("FailedExchanges")).isEqualTo(0L);
        assertThat(attribute("NotObservedExchanges")).isEqualTo(0L);

        observe(window(0).stream()
                .map(row -> row.scaled(InsuranceFlow.WATCHED, 1.4))
                .toList());
        assertThat(attribute("DriftVerdict")).isEqualTo("DRIFTED");
        Exchange next = send(window(1).stream().map(Row::fields).toList());
        DriftReport report = next.getMessage().getHeader(AiflowConstants.DRIFT_REPORT, DriftReport.class);
        assertThat(report.driftedFields()).containsExactly(InsuranceFlow.WATCHED);
        awaitEvaluation();
        assertThat(attribute("DriftVerdict")).isEqualTo("STABLE");
    }

    private Map<String, Double> scoreBatches() throws Exception {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (int i = 0; i < data.unseen().size() / InsuranceFlow.WINDOW; i++) {
            Exchange exchange = observe(window(i).stream().map(Row::fields).toList());
            exchange.getMessage()
                    .getHeader(AiflowConstants.PREDICTION, Predictions.class)
                    .forEach(prediction -> scores.put((String) prediction.key(), fraudScore(prediction)));
            assertThat(attribute("DriftVerdict")).isEqualTo("STABLE");
        }
        return scores;
    }

    private Map<String, Double> scoreSingles() throws Exception {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (Row row : data.unseen()) {
            Prediction prediction =
                    send(row.fields()).getMessage().getHeader(AiflowConstants.PREDICTION, Prediction.class);
            scores.put(row.key(), fraudScore(prediction));
            if (scores.size() % InsuranceFlow.WINDOW == 0) {
                awaitEvaluation();
                assertThat(attribute("DriftVerdict")).isEqualTo("STABLE");
            }
        }
        return scores;
    }

    private static double fraudScore(Prediction prediction) {
        Map<String, Double> scores = prediction.output().scores();
        assertThat(scores.get(InsuranceData.FRAUD) + scores.get(InsuranceData.GENUINE))
                .isCloseTo(1, within(1e-6));
        return scores.get(InsuranceData.FRAUD);
    }

    private List<Row> window(int number) {
        return data.unseen().subList(number * InsuranceFlow.WINDOW, (number + 1) * InsuranceFlow.WINDOW);
    }

    /** Sends a whole window and waits for its verdict. */
    private Exchange observe(List<Map<String, Object>> window) throws Exception {
        Exchange exchange = send(window);
        awaitEvaluation();
        return exchange;
    }

    private Exchange send(Object body) {
        Exchange exchange = context.createProducerTemplate()
                .request("direct:claims", e -> e.getMessage().setBody(body));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(AiflowConstants.VALID)).isEqualTo(true);
        return exchange;
    }

    private void awaitEvaluation() {
        evaluations++;
        await("the window is evaluated").atMost(Duration.ofSeconds(60)).until(() -> attribute("DriftEvaluations")
                .equals(evaluations));
    }

    private Object attribute(String name) throws Exception {
        ObjectName flow = new ObjectName("org.apache.camel:context=" + context.getManagementName()
                + ",type=aiflow,name=\"" + InsuranceFlow.NAME + "\"");
        return ManagementFactory.getPlatformMBeanServer().getAttribute(flow, name);
    }

    /** How likely a fraud scores above a genuine claim; a tie counts half. */
    private double auc(Map<String, Double> scores) {
        List<Double> frauds = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        data.unseen().forEach(row -> (row.fraud() ? frauds : others).add(scores.get(row.key())));
        double above = 0;
        for (double fraud : frauds) {
            for (double other : others) {
                above += fraud > other ? 1 : fraud == other ? 0.5 : 0;
            }
        }
        return above / ((double) frauds.size() * others.size());
    }
}
