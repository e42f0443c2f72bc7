package io.github.camelaiflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged app with its own settings for Kafka. */
final class QuarkusAppOnEmbeddedKafkaIT extends WithKafka {

    private static final int CLAIMS = 200;
    private static final Pattern SUMMARY = Pattern.compile("(?m)^(.* claims in = .*)$");

    QuarkusAppOnEmbeddedKafkaIT() {
        super(new InProcessBroker());
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "JSON"})
    void everyClaimBecomesOneDecisionOrOneDeadLetter(ClaimWire wire, @TempDir Path folder) throws IOException {
        String in = "claims-" + wire;
        String out = "claims-decisions-" + wire;
        String dead = "claims-dead-" + wire;
        kafka().createTopics(2, in, out, dead);
        Plan plan = new Plan(44, Long.MAX_VALUE, 0.2, Duration.ofMinutes(1));
        var claims = SentClaim.revisions(new ClaimGenerator(plan).claims(CLAIMS).toList(), CLAIMS / 4);
        List<SentClaim> sent = SentClaim.send(kafka(), in, claims, wire, List.of());

        try (AppProcess app = new AppProcess(
                folder,
                "quarkus.profile=kafka",
                "kafka.brokers=" + broker().bootstrapServers(),
                "claims.format=" + (wire == ClaimWire.JSON ? "json" : "avro"),
                "claims.group=" + in,
                "claims.topic.in=" + in,
                "claims.topic.out=" + out,
                "claims.topic.dead=" + dead)) {
            await("all records came out")
                    .atMost(Duration.ofSeconds(60))
                    .until(() ->
                            kafka().readAll(out).size() + kafka().readAll(dead).size() >= CLAIMS);
            assertThat(app.get("/q/health").statusCode()).isEqualTo(200);
        }

        try (ClaimsOracle oracle = new ClaimsOracle()) {
            ClaimsResults.assertDecisions(kafka().readAll(out), sent, oracle);
        }
        ClaimsResults.assertDeadLetters(kafka().readAll(dead), sent, wire, in, "claims-delivery");
    }

    /** As the README says it, and once more on topics that keep what the first run sent. */
    @ParameterizedTest
    @ValueSource(strings = {"avro", "json"})
    void theDemoFindsAllThatItSent(String format, @TempDir Path folder) throws IOException {
        String[] topics = {"demo-" + format, "demo-decisions-" + format, "demo-dead-" + format};
        kafka().createTopics(2, topics);
        for (int run = 1; run <= 2; run++) {
            try (AppProcess app = new AppProcess(
                    folder,
                    "quarkus.profile=kafka",
                    "kafka.brokers=" + broker().bootstrapServers(),
                    "claims.format=" + format,
                    "claims.group=demo-" + format,
                    "claims.topic.in=" + topics[0],
                    "claims.topic.out=" + topics[1],
                    "claims.topic.dead=" + topics[2],
                    "demo.enabled=true",
                    "demo.claims=" + CLAIMS)) {
                await("the demo has ended").atMost(Duration.ofMinutes(3)).until(() -> app.find(SUMMARY)
                        .isPresent());
                assertThat(app.find(SUMMARY).orElseThrow())
                        .contains("200 claims in = ")
                        .contains(": nothing is lost");
            }
            assertThat(kafka().readAll(topics[1]).size()
                            + kafka().readAll(topics[2]).size())
                    .isEqualTo(run * CLAIMS);
        }
    }
}
