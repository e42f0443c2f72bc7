package io.github.camelaiflow.examples;

import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** Validate, infer, watch for drift: the claims flow of the routes jar in the Java DSL, until the planted drift is seen. */
public final class JavaDslExample {

    private static final int DRIFT_FROM = 3_000;
    private static final int MOST = 100_000;

    private JavaDslExample() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws Exception {
        Main camel = new Main();
        camel.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler()); // the caller sees what is wrong
                from("direct:claims")
                        .to("aiflow:validate:claims")
                        .to("aiflow:infer:claims")
                        .to("aiflow:drift:claims");
            }
        });
        camel.start();
        ProducerTemplate template = camel.getCamelTemplate();
        Iterator<Claim> claims =
                new ClaimGenerator(Plan.demo(1, DRIFT_FROM)).claims(MOST).iterator();
        Map<String, Integer> outcomes = new TreeMap<>();
        String verdict = "";
        for (int sent = 1; claims.hasNext() && !"DRIFTED".equals(verdict); sent++) {
            Map<String, Object> claim = claims.next().fields();
            Exchange exchange = template.request(
                    "direct:claims", request -> request.getMessage().setBody(claim));
            boolean invalid = exchange.getException() instanceof ValidationException;
            outcomes.merge(
                    invalid ? "invalid" : exchange.getMessage().getHeader("CamelAiflowLabel", String.class),
                    1,
                    Integer::sum);
            String now = exchange.getMessage().getHeader("CamelAiflowDrift", verdict, String.class);
            if (!now.equals(verdict)) {
                System.out.println("claim " + sent + ": " + now);
                verdict = now;
            }
        }
        System.out.println(outcomes);
        camel.stop();
    }
}
