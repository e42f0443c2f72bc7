package io.github.camelaiflow.app;

import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.feedback.quality.VersionQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Sends the truth about decided claims through the claims routes, as an adjuster would who finds it out later. */
final class DemoFeedback {

    private static final String STATUS = "aiflow:feedback:claims?action=status&resultTo=body";

    private final ProducerTemplate template;
    private final String to;
    private final Queue<Map<String, Object>> labels = new ConcurrentLinkedQueue<>();

    /** @param to where the claims routes take labels from */
    DemoFeedback(ProducerTemplate template, String to) {
        this.template = template;
        this.to = to;
    }

    /** The truth about the claim of that prediction is known. Thread-safe; the others are used by one thread. */
    void found(String predictionId, String truth) {
        labels.add(Map.of("predictionId", predictionId, "label", truth));
    }

    /** Sends what was found since. */
    void send() {
        List<Map<String, Object>> batch = new ArrayList<>();
        for (Map<String, Object> label = labels.poll(); label != null; label = labels.poll()) {
            batch.add(label);
        }
        if (!batch.isEmpty()) {
            // own routes need not take labels: then there is no quality to show
            template.request(to, request -> request.getMessage().setBody(batch));
        }
    }

    /** What the labels said so far of the version that serves; empty without any. */
    Optional<VersionQuality> quality() {
        Exchange exchange = template.request(STATUS, request -> {});
        QualityReport report =
                exchange.getException() == null ? exchange.getMessage().getBody(QualityReport.class) : null;
        return Optional.ofNullable(report).flatMap(QualityReport::serving);
    }
}
