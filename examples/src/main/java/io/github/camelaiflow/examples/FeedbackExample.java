package io.github.camelaiflow.examples;

import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import io.github.camelaiflow.feedback.quality.HarmVerdict;
import io.github.camelaiflow.feedback.quality.QualityReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * The truth about claims comes 500 claims late. From claim 3,000 on the west is another world: what looks like fraud there is none, and
 * the other way round. The labels tell, and that starts a route.
 */
public final class FeedbackExample extends RouteBuilder {

    private static final int CLAIMS = 6_000;
    private static final int LATE = 500;
    private static final int CHANGED = 3_000;

    private final CountDownLatch harm = new CountDownLatch(1);

    @Override
    public void configure() {
        from("direct:claims").to("aiflow:infer:claims");
        from("direct:labels").to("aiflow:feedback:claims"); // {"claim_id": "…", "label": "fraud"}
        from("aiflow:events:claims?events=quality")
                .filter(header("CamelAiflowQuality").isEqualTo("HARM"))
                .process(exchange -> tell(exchange.getMessage().getBody(QualityReport.class)));
    }

    public static void main(String[] arguments) throws Exception {
        FeedbackExample example = new FeedbackExample();
        Main camel = new Main();
        camel.configure().addRoutesBuilder(example);
        camel.start();
        example.run(camel.getCamelTemplate());
        camel.stop();
    }

    private void run(ProducerTemplate template) throws InterruptedException {
        Deque<Map<String, Object>> known = new ArrayDeque<>();
        for (Claim claim : (Iterable<Claim>) new ClaimGenerator(Plan.clean(7)).claims(CLAIMS)::iterator) {
            template.requestBody("direct:claims", claim.fields());
            known.add(Map.of("claim_id", claim.id(), "label", truth(claim)));
            if (known.size() > LATE) {
                template.requestBody("direct:labels", known.remove());
            }
        }
        harm.await(2, TimeUnit.MINUTES);
    }

    private static String truth(Claim claim) {
        boolean other =
                claim.number() >= CHANGED && "west".equals(claim.fields().get("region"));
        return claim.truth().fraud() != other ? Claim.FRAUD : Claim.GENUINE;
    }

    /** What the route does that the event starts; another may train a model anew, or page somebody. */
    private void tell(QualityReport report) {
        HarmVerdict verdict = report.serving().orElseThrow().harm();
        System.out.println(String.format(
                Locale.ROOT,
                "HARM: %.1f %% of %s's first answers were wrong; more are since the label %,d that came after these; recommended: %s",
                verdict.baseline() * 100,
                report.version(),
                verdict.sinceLabel(),
                report.action()));
        harm.countDown();
    }
}
