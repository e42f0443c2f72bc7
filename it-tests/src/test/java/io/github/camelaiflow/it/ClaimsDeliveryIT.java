package io.github.camelaiflow.it;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped delivery route on Kafka: every claim ends as one decision or one dead letter, also while things go wrong. */
@Tag("promise")
final class ClaimsDeliveryIT extends WithKafka {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    ClaimsDeliveryIT() {
        super(new InProcessBroker());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void everyClaimBecomesOneDecisionOrOneDeadLetter(String mode) {
        ClaimsTopics topics = ClaimsTopics.create(broker(), kafka(), mode);
        List<Claim> claims = new ClaimGenerator(new Plan(51, Long.MAX_VALUE, 0.2, Duration.ofMinutes(1)))
                .claims(400)
                .toList();
        List<SentClaim> sent = SentClaim.send(
                kafka(), topics.in(), SentClaim.revisions(claims, 100), ClaimWire.SINGLE_OBJECT, List.of());

        try (ClaimsRoute route = ClaimsRoute.start(topics.delivered(mode, "one"))) {
            awaitAll(topics, sent.size());
            assertThat(route.failures()).isZero();
        }

        try (ClaimsOracle oracle = new ClaimsOracle()) {
            ClaimsResults.assertDecisions(kafka().readAll(topics.out()), sent, oracle);
        }
        ClaimsResults.assertDeadLetters(
                kafka().readAll(topics.dead()), sent, ClaimWire.SINGLE_OBJECT, topics.in(), "claims-delivery");
    }

    @SuppressWarnings("try")
    @Test
    void anOrderlyStopABrokerRestartAndASecondInstanceLoseAndDoubleNothing() {
        ClaimsTopics topics = ClaimsTopics.create(broker(), kafka(), "faults");
        List<Claim> claims = claims(6_000);
        List<SentClaim> sent = new ArrayList<>(send(topics, claims.subList(0, 3_000)));
        int stopped;
        try (ClaimsRoute route = ClaimsRoute.start(topics.delivered("exactly-once", "one"))) {
            awaitSome(topics, 100);
        }
        stopped = output(topics).size();
        assertThat(stopped).isPositive();
        sent.addAll(send(topics, claims.subList(3_000, 6_000)));

        try (ClaimsRoute one = ClaimsRoute.start(topics.delivered("exactly-once", "one"));
                ClaimsRoute two = ClaimsRoute.start(topics.delivered("exactly-once", "two"))) {
            awaitSome(topics, stopped + 100);
            broker().restart();
            awaitAll(topics, sent.size());
        }

        assertOnce(topics, sent);
    }

    @SuppressWarnings("try")
    @Test
    void aTopicThatIsMissingHoldsAndLosesNothing() {
        ClaimsTopics topics = ClaimsTopics.createButDead(broker(), kafka(), "held");
        List<SentClaim> sent = send(topics, claims(300));
        try (ClaimsRoute route = ClaimsRoute.start(topics.delivered("exactly-once", "one"))) {
            // of transactions that are undone, too
            await("it decides").atMost(PATIENCE).until(() -> kafka().size(topics.out()) > 0);
            topics.createDead(kafka());
            awaitAll(topics, sent.size());
        }
        assertOnce(topics, sent);
    }

    private void assertOnce(ClaimsTopics topics, List<SentClaim> sent) {
        Map<String, Long> copies = output(topics).stream().collect(groupingBy(ConsumerRecord::key, counting()));
        assertThat(copies)
                .containsOnlyKeys(sent.stream().map(claim -> claim.claim().id()).toArray(String[]::new));
        assertThat(copies.values()).containsOnly(1L);
    }

    private static List<Claim> claims(int count) {
        return new ClaimGenerator(new Plan(52, Long.MAX_VALUE, 0.05, Duration.ofMinutes(1)))
                .claims(count)
                .toList();
    }

    private List<SentClaim> send(ClaimsTopics topics, List<Claim> claims) {
        return SentClaim.send(kafka(), topics.in(), claims, ClaimWire.SINGLE_OBJECT, List.of());
    }

    private void awaitSome(ClaimsTopics topics, int records) {
        await(records + " records came out")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> kafka().size(topics.out()) >= records);
    }

    private void awaitAll(ClaimsTopics topics, int records) {
        await("all records came out")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> output(topics).size() >= records);
    }

    private List<ConsumerRecord<String, byte[]>> output(ClaimsTopics topics) {
        List<ConsumerRecord<String, byte[]>> output = new ArrayList<>(kafka().readAll(topics.out()));
        output.addAll(kafka().readAll(topics.dead()));
        return output;
    }
}
