package io.github.camelaiflow.delivery.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Incoming.Header;
import io.github.camelaiflow.delivery.Membership;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.DeadLetter;
import io.github.camelaiflow.delivery.Outcome.Decision;
import io.github.camelaiflow.delivery.OutcomesException;
import io.github.camelaiflow.delivery.Partition;
import io.github.camelaiflow.delivery.Settlement;
import io.github.camelaiflow.delivery.SteeringHeaders;
import io.github.camelaiflow.delivery.StoredLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** The records of one poll, or the first of them, and under which membership they were taken. */
final class Batch {

    private static final String ERROR = SteeringHeaders.ERROR;

    private final List<Incoming> records = new ArrayList<>();
    private final Map<Partition, Long> first = new LinkedHashMap<>();
    private final Map<Partition, Long> next = new LinkedHashMap<>();
    private final Map<Partition, Long> rest = new LinkedHashMap<>();
    private final Membership membership;

    /** @param limit how many records to take at most, at least 1 */
    Batch(ConsumerRecords<byte[], byte[]> polled, int limit, ConsumerGroupMetadata group) {
        for (TopicPartition partition : polled.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                if (records.size() < limit) {
                    add(record);
                } else {
                    rest.putIfAbsent(new Partition(record.topic(), record.partition()), record.offset());
                }
            }
        }
        membership = new Membership(
                group.groupId(),
                group.generationId(),
                group.memberId(),
                group.groupInstanceId().orElse(null));
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        List<Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
        Origin origin = new Origin(record.topic(), record.partition(), record.offset());
        records.add(
                new Incoming(origin, record.key(), record.value(), headers, Instant.ofEpochMilli(record.timestamp())));
        first.putIfAbsent(Partition.of(origin), record.offset());
        next.put(Partition.of(origin), record.offset() + 1);
    }

    List<Incoming> records() {
        return Collections.unmodifiableList(records);
    }

    int size() {
        return records.size();
    }

    Map<Partition, Long> first() {
        return first;
    }

    Map<Partition, Long> next() {
        return next;
    }

    /** Where the records begin that were polled and not taken into the batch. */
    Map<Partition, Long> rest() {
        return rest;
    }

    /** Whether that much settled means that all of it is. */
    boolean isBehind(Map<Partition, Long> settled) {
        return next.entrySet().stream()
                .allMatch(entry -> settled.getOrDefault(entry.getKey(), -1L) >= entry.getValue());
    }

    Settlement settlement(List<Outcome> outcomes) {
        return new Settlement(outcomes, first, next, membership);
    }

    /**
     * Holds to the contract of processors.
     *
     * @throws OutcomesException if it is not one outcome a record, in order
     */
    List<Outcome> checked(List<Outcome> outcomes) {
        if (outcomes == null || outcomes.size() != records.size()) {
            throw new OutcomesException("One outcome a record is required: " + records.size() + " records got "
                    + (outcomes == null ? "none" : outcomes.size() + " outcomes"));
        }
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (outcome == null || !records.get(i).origin().equals(outcome.origin())) {
                throw new OutcomesException(
                        "Outcome " + i + " of the batch is of " + (outcome == null ? "nothing" : outcome.origin())
                                + ", its record of " + records.get(i).origin());
            }
            if (outcome instanceof Decision decision && decision.id() == null) {
                throw new OutcomesException("Outcome " + i + " of the batch is a decision without an id");
            }
        }
        return outcomes;
    }

    /**
     * The outcomes with dead letters for decisions that will never be taken, and smaller ones for dead letters that are too large.
     *
     * @return {@code null} if a dead letter is among these that can't be smaller: then there is nowhere left for it to go
     */
    List<Outcome> withDeadLetters(List<Outcome> outcomes, Map<Integer, String> refused, String route) {
        List<Outcome> replaced = new ArrayList<>(outcomes);
        for (Map.Entry<Integer, String> entry : refused.entrySet()) {
            int index = entry.getKey();
            DeadLetter instead = outcomes.get(index) instanceof Decision decision
                    ? deadLetter(records.get(index), decision, entry.getValue(), route)
                    : smaller((DeadLetter) outcomes.get(index), entry.getValue());
            if (instead == null) {
                return null;
            }
            replaced.set(index, instead);
        }
        return replaced;
    }

    private static DeadLetter smaller(DeadLetter letter, String reason) {
        return reason.equals(Sends.TOO_LARGE) ? StoredLetter.smaller(letter) : null;
    }

    private static DeadLetter deadLetter(Incoming record, Decision decision, String reason, String route) {
        List<Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            // What a sender calls an error is none of ours, and what steers Camel is not handed on
            if (!SteeringHeaders.steer(header.name())) {
                headers.add(header);
            }
        }
        Origin origin = record.origin();
        headers.add(error("stage", "commit"));
        headers.add(error("reason", reason));
        headers.add(error("topic", origin.topic()));
        headers.add(error("partition", Integer.toString(origin.partition())));
        headers.add(error("offset", Long.toString(origin.offset())));
        headers.add(error("route", route));
        headers.add(error("decision-id", decision.id()));
        return new DeadLetter(origin, record.key(), record.value(), headers);
    }

    private static Header error(String name, String value) {
        return new Header(ERROR + name, value.getBytes(UTF_8));
    }
}
