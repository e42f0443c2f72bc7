package io.github.camelaiflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged app with its own settings for Kafka. */
final class QuarkusAppOnEmbeddedKafkaIT extends WithKafka {

    private static final int CLAIMS = 200;

    QuarkusAppOnEmbeddedKafkaIT() {
        super(new InProcessBroker());
    }

    @Test
    void everyClaimBecomesOneDecisionOrOneDeadLetter(@TempDir Path folder) throws IOException {
        kafka().createTopics(2, "claims", "claims-decisions", "claims-dead");
        Plan plan = new Plan(44, Long.MAX_VALUE, 0.2, Duration.ofMinutes(1));
        var claims = SentClaim.revisions(new ClaimGenerator(plan).claims(CLAIMS).toList(), CLAIMS / 4);
        List<SentClaim> sent = SentClaim.send(kafka(), "claims", claims, ClaimWire.AUTO, List.of());

        try (AppProcess app =
                new AppProcess(folder, "quarkus.profile=kafka", "kafka.brokers=" + broker().bootstrapServers())) {
            await("all records came out")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> kafka().readAll("claims-decisions").size()
                                    + kafka().readAll("claims-dead").size()
                            >= CLAIMS);
            assertThat(app.get("/q/health").statusCode()).isEqualTo(200);
        }

        try (ClaimsOracle oracle = new ClaimsOracle()) {
            ClaimsResults.assertDecisions(kafka().readAll("claims-decisions"), sent, oracle);
        }
        ClaimsResults.assertDeadLetters(
                kafka().readAll("claims-dead"), sent, ClaimWire.AUTO, "claims", "claims-delivery");
    }
}
