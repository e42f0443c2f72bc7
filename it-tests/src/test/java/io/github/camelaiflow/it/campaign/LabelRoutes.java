package io.github.camelaiflow.it.campaign;

import io.github.camelaiflow.feedback.quality.QualityReport;
import org.apache.camel.builder.RouteBuilder;

/** Labels from a topic, each tried again while the store is away; and the flow's quality, told to the console. */
final class LabelRoutes extends RouteBuilder {

    /** What a line that tells the quality begins with; JSON follows. */
    static final String QUALITY = "QUALITY ";

    private static final int TOLD_EVERY_MILLIS = 500;
    private static final int TRIES = 50; // after them the consumer begins again

    private final String from;

    /** @param from where they come from, as a URI */
    LabelRoutes(String from) {
        this.from = from;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        from(from)
                .routeId("labels")
                .errorHandler(defaultErrorHandler()
                        .maximumRedeliveries(TRIES)
                        .redeliveryDelay(200)
                        .logRetryAttempted(false))
                .to("aiflow:feedback:claims");
        from("timer:quality?period=" + TOLD_EVERY_MILLIS)
                .routeId("quality")
                .to("aiflow:feedback:claims?action=status&resultTo=body")
                .process(exchange -> System.out.println(QUALITY
                        + exchange.getMessage().getBody(QualityReport.class).toJson()));
    }
}
