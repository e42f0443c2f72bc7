package io.github.camelaiflow.it.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.delivery.DeliveryMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** How everything lies when all has come to rest: read as a consumer of the topics reads. */
final class Rest {

    private final SimBroker broker;
    private final Checks checks;
    private final Plan plan;

    Rest(SimBroker broker, Checks checks, Plan plan) {
        this.broker = broker;
        this.checks = checks;
        this.plan = plan;
    }

    /** Whether the group's offsets are behind the last record of each partition. */
    boolean committed() {
        if (checks.wasLate() && plan.mode() == DeliveryMode.AT_LEAST_ONCE) {
            return true;
        }
        for (TopicPartition partition : broker.partitions(Plan.IN)) {
            Long committed = plan.mode() == DeliveryMode.DATABASE
                    ? broker.database.deliveries.offsets(Plan.IN).get(partition.partition())
                    : broker.group.offsets.committed(partition);
            if (broker.log(partition).next(committed == null ? 0 : committed, true) != null) {
                return false;
            }
        }
        return true;
    }

    /** @param doublesAllowed in at-least-once mode */
    void check(int doublesAllowed) {
        List<String> read = plan.mode() == DeliveryMode.DATABASE ? broker.database.read() : read();
        Set<String> distinct = new HashSet<>(read);
        if (!distinct.equals(checks.outcomes().keySet())) {
            checks.violated("what is read differs from what was decided to be visible");
        }
        if (plan.mode() == DeliveryMode.DATABASE
                && !sorted(broker.database.told()).equals(sorted(read))) {
            checks.violated("what waits in the outbox differs from the rows");
        }
        if (read.size() - distinct.size() != checks.doubles()) {
            checks.violated("doubles: " + (read.size() - distinct.size()) + " read, " + checks.doubles() + " counted");
        }
        if (checks.doubles() > doublesAllowed && !checks.wasLate()) {
            checks.violated("doubles: " + checks.doubles() + ", at most " + doublesAllowed + " with polls of "
                    + plan.maxPollRecords());
        }
    }

    private List<String> read() {
        List<String> read = new ArrayList<>();
        for (String topic : List.of(Plan.OUT, Plan.DEAD)) {
            for (TopicPartition partition : broker.partitions(topic)) {
                SimLog log = broker.log(partition);
                for (SimLog.Entry entry = log.next(0, true);
                        entry != null;
                        entry = log.next(entry.offset() + 1, true)) {
                    read.add(new String(entry.headers().lastHeader(Input.ORIGIN).value(), UTF_8));
                }
            }
        }
        return read;
    }

    private static List<String> sorted(List<String> list) {
        return list.stream().sorted().toList();
    }
}
