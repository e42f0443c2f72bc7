package io.github.camelaiflow.examples;

import java.util.Map;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** Inference in a route that is already there: one line, no definition of a flow. */
public final class OneLineExample {

    private static final Map<String, Object> CLAIM = Map.ofEntries(
            Map.entry("claim_type", "theft"),
            Map.entry("region", "north"),
            Map.entry("claim_amount", 14_500.0),
            Map.entry("vehicle_value", 9_000.0),
            Map.entry("vehicle_age", 18),
            Map.entry("incident_hour", 3),
            Map.entry("days_since_policy_start", 12),
            Map.entry("witnesses", 0),
            Map.entry("witness_age", 40),
            Map.entry("police_report", false),
            Map.entry("customer_age", 29),
            Map.entry("past_claims", 4));

    private OneLineExample() {}

    /** @param arguments the model file; by default the one the build of {@code routes} trained */
    public static void main(String[] arguments) throws Exception {
        String model = arguments.length > 0 ? arguments[0] : "routes/target/classes/aiflow/models/claims-v1.tribuo";
        Main camel = new Main();
        camel.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:claims")
                        .to("aiflow:infer:fraud?model=file:" + model) // the one line
                        .log(
                                LoggingLevel.INFO,
                                "example",
                                "the claim is ${header.CamelAiflowLabel}, score ${header.CamelAiflowScore}");
            }
        });
        camel.start();
        camel.getCamelTemplate().sendBody("direct:claims", CLAIM);
        camel.stop();
    }
}
