package io.github.camelaiflow.it.simulation;

import io.github.camelaiflow.delivery.kafka.KafkaClients;
import io.github.camelaiflow.store.Deliveries;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Clients between a right worker and the simulated broker, which make it a wrong one. */
final class WrongClients {

    private WrongClients() {}

    /** What to do instead of a call; {@link #RIGHT} for the call itself. */
    @FunctionalInterface
    interface Instead {
        Object call(Object client, Method method, Object[] arguments) throws Throwable;
    }

    static final Object RIGHT = new Object();

    @SuppressWarnings("unchecked")
    static KafkaClients of(KafkaClients right, Instead consumers, Instead producers) {
        return new KafkaClients() {

            @Override
            public Consumer<byte[], byte[]> consumer(int thread) {
                return wrapped(Consumer.class, right.consumer(thread), consumers);
            }

            @Override
            public Producer<byte[], byte[]> producer(int thread) {
                return wrapped(Producer.class, right.producer(thread), producers);
            }
        };
    }

    static Object right(Object client, Method method, Object[] arguments) {
        return RIGHT;
    }

    private static <T> T wrapped(Class<T> type, T client, Instead instead) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = instead.call(client, method, arguments);
                    try {
                        return answer == RIGHT ? method.invoke(client, arguments) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** After a failure it goes on where the consumer stands. */
    static Object noSeek(Object client, Method method, Object[] arguments) {
        return method.getName().equals("seek") ? null : RIGHT;
    }

    /** As {@code new ConsumerGroupMetadata(groupId)}, which compiles, and which brokers take from anybody. */
    static Object nobodysOffsets(Object client, Method method, Object[] arguments) {
        if (!method.getName().equals("sendOffsetsToTransaction")) {
            return RIGHT;
        }
        @SuppressWarnings("unchecked")
        Map<TopicPartition, OffsetAndMetadata> offsets = (Map<TopicPartition, OffsetAndMetadata>) arguments[0];
        ((Producer<?, ?>) client).sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(SimMembership.GROUP));
        return null;
    }

    /** As auto-commit in the middle of the work: what a poll gave is committed. */
    static Object autoCommit(Object client, Method method, Object[] arguments) {
        if (!method.getName().equals("poll")) {
            return RIGHT;
        }
        Consumer<?, ?> consumer = (Consumer<?, ?>) client;
        ConsumerRecords<?, ?> records = consumer.poll((Duration) arguments[0]);
        try {
            consumer.commitSync(records.nextOffsets());
        } catch (KafkaException e) {
            // A line in the log, and the next poll tries again.
        }
        return records;
    }

    /** Offsets are set and not compared: the last one wins. */
    static Deliveries notCompared(Deliveries right) {
        return wrapped(Deliveries.class, right, (client, method, arguments) -> {
            if (!method.getName().equals("settle")) {
                return RIGHT;
            }
            Deliveries.Settlement settlement = (Deliveries.Settlement) arguments[0];
            List<Deliveries.Move> moves = settlement.moves().stream()
                    .map(move -> new Deliveries.Move(
                            move.topic(),
                            move.partition(),
                            right.offsets(move.topic()).getOrDefault(move.partition(), Deliveries.Move.NONE),
                            move.to()))
                    .filter(move -> move.to() > move.from())
                    .toList();
            return right.settle(new Deliveries.Settlement(
                    settlement.id(), moves, settlement.decisions(), settlement.letters(), settlement.messages()));
        });
    }
}
