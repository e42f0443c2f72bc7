package io.github.camelaiflow.it.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what is committed, all the time, and knows when it came. A topic that is deleted and made again is read from its start. */
final class TopicWatcher extends Watcher {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private final Topics topics;
    private volatile boolean deadGone;
    private volatile boolean without;

    TopicWatcher(Topics topics) {
        this.topics = topics;
        start();
    }

    /** Until the topic of dead letters is there (again), only decisions are read. Returns when it is so. */
    @Override
    void deadLettersAreGone(boolean gone) {
        deadGone = gone;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (without != gone && System.nanoTime() < deadline) {
            Child.pause(10);
        }
    }

    @Override
    void watch() {
        try (KafkaConsumer<String, byte[]> consumer = topics.reader()) {
            assign(consumer, Topics.partitions(topics.out()), Topics.partitions(topics.dead()));
            while (!isClosed()) {
                boolean gone = deadGone;
                if (gone != without) {
                    reassign(consumer, gone);
                    without = gone;
                }
                poll(consumer);
            }
        }
    }

    private static void assign(
            KafkaConsumer<String, byte[]> consumer, List<TopicPartition> out, List<TopicPartition> dead) {
        List<TopicPartition> all = new ArrayList<>(out);
        all.addAll(dead);
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    private void reassign(KafkaConsumer<String, byte[]> consumer, boolean without) {
        List<TopicPartition> out = Topics.partitions(topics.out());
        List<Long> positions = out.stream().map(consumer::position).toList();
        assign(consumer, out, without ? List.of() : Topics.partitions(topics.dead()));
        for (int i = 0; i < out.size(); i++) {
            consumer.seek(out.get(i), positions.get(i));
        }
    }

    private void poll(KafkaConsumer<String, byte[]> consumer) {
        var records = consumer.poll(Duration.ofMillis(50));
        if (!records.isEmpty()) {
            long now = System.nanoTime();
            List<Outcome> outcomes = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : records) {
                outcomes.add(
                        record.topic().equals(topics.out())
                                ? Outcome.decision(record, now)
                                : Outcome.deadLetter(record, now));
            }
            saw(outcomes);
        }
    }
}
