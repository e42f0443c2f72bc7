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
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The shipped claims route on Kafka while things go wrong around it. Every claim has an id of its own, so copies of a
 * decision or dead letter are told by key.
 */
@Tag("promise")
abstract class ClaimsFaultsContract extends WithKafka {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SOME = 60;

    ClaimsFaultsContract(KafkaBroker broker) {
        super(broker);
    }

    @Test
    void anOrderlyStopLosesNothingAndDoublesNothingThatWasCommitted() {
        ClaimsTopics topics = ClaimsTopics.create(broker(), kafka(), "stop");
        List<Claim> claims = claims(3_000);
        List<SentClaim> sent = new ArrayList<>(send(topics, claims.subList(0, 1_500)));
        try (ClaimsRoute route = ClaimsRoute.start(topics.properties())) {
            awaitOutput(topics, SOME);
            assertThat(route.failures()).isZero();
        }
        Set<String> done = ids(output(topics));
        assertCommittedCameOut(topics, sent, done);
        sent.addAll(send(topics, claims.subList(1_500, 3_000)));

        try (ClaimsRoute route = ClaimsRoute.start(topics.properties())) {
            awaitAll(topics, sent);
            assertThat(route.failures()).isZero();
        }

        Map<String, Long> copies = copies(output(topics));
        assertThat(copies).containsOnlyKeys(ids(sent));
        assertThat(copies).as("after %d of %d", done.size(), sent.size()).allSatisfy((id, count) -> assertThat(count)
                .isEqualTo(1));
    }

    @Test
    void aBrokerRestartLosesNothingAndDoublesAtMostAPollPerReconnect() {
        ClaimsTopics topics = ClaimsTopics.create(broker(), kafka(), "restart");
        List<Claim> claims = claims(2_000);
        List<SentClaim> sent = new ArrayList<>(send(topics, claims.subList(0, 1_500)));
        int failures;
        try (ClaimsRoute route = ClaimsRoute.start(topics.properties())) {
            awaitOutput(topics, SOME);
            broker().restart();
            sent.addAll(send(topics, claims.subList(1_500, 2_000)));
            awaitAll(topics, sent);
            failures = route.failures();
        }

        Map<String, Long> copies = copies(output(topics));
        assertThat(copies).containsOnlyKeys(ids(sent));
        assertThat(extra(copies))
                .as("copies too many, after %d failures", failures)
                // the broker's death ends one poll uncommitted, and each failed claim may end another
                .isLessThanOrEqualTo(ClaimsTopics.MAX_POLL_RECORDS * (1 + failures));
    }

    @Test
    void aDeadLetterThatCannotBeDeliveredIsNotSkipped() {
        ClaimsTopics topics = ClaimsTopics.createButDead(broker(), kafka(), "held");
        List<SentClaim> sent = send(topics, claims(300));
        try (ClaimsRoute route = ClaimsRoute.start(topics.impatientProperties())) {
            await("the route tries again and again").atMost(PATIENCE).until(() -> route.failures() >= 3);
            Set<String> decided = ids(kafka().readAll(topics.out()));
            assertThat(decided).isSubsetOf(beforeTheFirstBad(sent));
            assertCommittedCameOut(topics, sent, decided);

            topics.createDead(kafka());
            awaitAll(topics, sent);
        }

        List<ConsumerRecord<String, byte[]>> dead = kafka().readAll(topics.dead());
        ClaimsResults.assertDeadLetters(dead, sent, ClaimWire.SINGLE_OBJECT, topics.in());
        Map<String, Long> copies = copies(output(topics));
        assertThat(copies).containsOnlyKeys(ids(sent));
        assertThat(extra(copies)).as("copies too many").isLessThanOrEqualTo(ClaimsTopics.MAX_POLL_RECORDS);
        assertCommittedCameOut(topics, sent, copies.keySet());
    }

    /** The ids of the claims that lie before the first bad one of their partition. */
    private static Set<String> beforeTheFirstBad(List<SentClaim> sent) {
        Map<Integer, Long> firstBad = sent.stream()
                .filter(claim -> !claim.sound())
                .collect(Collectors.toMap(SentClaim::partition, SentClaim::offset, Math::min));
        return sent.stream()
                .filter(claim -> claim.offset() < firstBad.getOrDefault(claim.partition(), Long.MAX_VALUE))
                .map(claim -> claim.claim().id())
                .collect(Collectors.toSet());
    }

    /** Nothing is committed that has not come out. */
    private void assertCommittedCameOut(ClaimsTopics topics, List<SentClaim> sent, Set<String> cameOut) {
        Map<TopicPartition, Long> committed = kafka().committed(topics.group());
        assertThat(cameOut)
                .containsAll(sent.stream()
                        .filter(claim -> isCommitted(claim, topics, committed))
                        .map(claim -> claim.claim().id())
                        .toList());
    }

    private static boolean isCommitted(SentClaim claim, ClaimsTopics topics, Map<TopicPartition, Long> committed) {
        return claim.offset() < committed.getOrDefault(new TopicPartition(topics.in(), claim.partition()), 0L);
    }

    private static List<Claim> claims(int count) {
        return new ClaimGenerator(new Plan(43, Long.MAX_VALUE, 0.05, Duration.ofMinutes(1)))
                .claims(count)
                .toList();
    }

    private List<SentClaim> send(ClaimsTopics topics, List<Claim> claims) {
        return SentClaim.send(kafka(), topics.in(), claims, ClaimWire.SINGLE_OBJECT, List.of());
    }

    private void awaitOutput(ClaimsTopics topics, int records) {
        await(records + " records came out")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> kafka().size(topics.out()) >= records);
    }

    private void awaitAll(ClaimsTopics topics, List<SentClaim> sent) {
        await("all records came out")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> ids(output(topics)).size() == sent.size());
    }

    private List<ConsumerRecord<String, byte[]>> output(ClaimsTopics topics) {
        List<ConsumerRecord<String, byte[]>> output = new ArrayList<>(kafka().readAll(topics.out()));
        output.addAll(kafka().readAll(topics.dead()));
        return output;
    }

    private static Map<String, Long> copies(List<ConsumerRecord<String, byte[]>> output) {
        return output.stream().collect(groupingBy(ConsumerRecord::key, counting()));
    }

    private static long extra(Map<String, Long> copies) {
        return copies.values().stream().mapToLong(count -> count - 1).sum();
    }

    private static Set<String> ids(List<ConsumerRecord<String, byte[]>> output) {
        return output.stream().map(ConsumerRecord::key).collect(Collectors.toSet());
    }

    private static String[] ids(Iterable<SentClaim> sent) {
        List<String> ids = new ArrayList<>();
        sent.forEach(claim -> ids.add(claim.claim().id()));
        return ids.toArray(String[]::new);
    }
}
