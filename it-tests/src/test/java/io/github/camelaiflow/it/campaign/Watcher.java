package io.github.camelaiflow.it.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads what is committed, all the time, and knows when it came. A topic that is deleted and made again is read from its start. */
final class Watcher implements AutoCloseable {

    private final Topics topics;
    private final List<Outcome> seen = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "watcher");
    private volatile boolean closed;
    private volatile boolean deadGone;
    private final List<Throwable> problems = new CopyOnWriteArrayList<>();

    Watcher(Topics topics) {
        this.topics = topics;
        thread.setDaemon(true);
        thread.start();
    }

    /** Until the topic of dead letters is there (again), only decisions are read. */
    void deadLettersAreGone(boolean gone) {
        deadGone = gone;
    }

    private void run() {
        try (KafkaConsumer<String, byte[]> consumer = topics.reader()) {
            boolean without = false;
            assign(consumer, Topics.partitions(topics.out()), Topics.partitions(topics.dead()));
            while (!closed) {
                if (deadGone != without) {
                    without = deadGone;
                    reassign(consumer, without);
                }
                poll(consumer);
            }
        } catch (RuntimeException e) {
            problems.add(e);
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
        try {
            var records = consumer.poll(Duration.ofMillis(50));
            if (!records.isEmpty()) {
                long now = System.nanoTime();
                synchronized (seen) {
                    for (ConsumerRecord<String, byte[]> record : records) {
                        seen.add(
                                record.topic().equals(topics.out())
                                        ? Outcome.decision(record, now)
                                        : Outcome.deadLetter(record, now));
                    }
                }
            }
        } catch (KafkaException e) {
            problems.add(e);
        }
    }

    /** All that came out so far, in order within each partition. */
    List<Outcome> seen() {
        if (!problems.isEmpty()) {
            throw new IllegalStateException("What came out cannot be read", problems.get(0));
        }
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    int count() {
        return seen().size();
    }

    /** Waits until this is so of what came out; whether it came to be in time. */
    boolean await(Predicate<List<Outcome>> goal, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!goal.test(seen())) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Child.pause(10);
        }
        return true;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
