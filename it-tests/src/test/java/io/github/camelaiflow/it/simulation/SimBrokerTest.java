package io.github.camelaiflow.it.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.Origin;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnstableOffsetCommitException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulated broker does what Kafka 4.1's does, where delivery rests on it. */
class SimBrokerTest {

    private static final TopicPartition IN = new TopicPartition(Plan.IN, 0);
    private static final TopicPartition OUT = new TopicPartition(Plan.OUT, 0);
    private static final ConsumerGroupMetadata NOBODY = new ConsumerGroupMetadata(SimMembership.GROUP);
    private static final long TIMEOUT = 10_000;

    private final Fibers fibers = new Fibers(new SplittableRandom(1));
    private final Checks checks = new Checks(DeliveryMode.EXACTLY_ONCE, 10, true, false);
    private final SimBroker broker = broker();
    private final SimProcess process = new SimProcess("app", fibers);

    private SimBroker broker() {
        checks.on(fibers);
        Map<String, Integer> topics = new LinkedHashMap<>();
        topics.put(Plan.IN, 1);
        topics.put(Plan.OUT, 1);
        return new SimBroker(fibers, new Faults(new SplittableRandom(1), Set.of()), checks, topics, Plan.IN);
    }

    @AfterEach
    void end() {
        fibers.killAll();
    }

    private void produce(int epoch) {
        Origin origin = new Origin(Plan.IN, 0, 0);
        byte[] value = "decided DECIDED 1".getBytes(UTF_8);
        broker.transactions.produce("id", epoch, broker.log(OUT), null, value, Input.headers(origin), broker.now());
    }

    private SimConsumer member(String instance) {
        SimConsumer consumer = new SimConsumer(
                broker, process, instance, 10, Wrong.Reading.RIGHT, new SimConsumer.Timeouts(6_000, 30_000));
        consumer.subscribe(List.of(Plan.IN));
        while (consumer.assignment().isEmpty()) {
            consumer.poll(Duration.ofMillis(100));
        }
        return consumer;
    }

    @Test
    void anOpenTransactionHoldsReadersBackAndItsSuccessorEndsIt() {
        int former = broker.transactions.init("id", TIMEOUT);
        produce(former);
        assertThat(broker.log(OUT).stable()).isZero();
        int next = initialized();
        assertThat(next).isGreaterThan(former);
        assertThat(broker.log(OUT).stable()).isEqualTo(broker.log(OUT).end()).isEqualTo(2);
        assertThat(broker.log(OUT).next(0, true)).isNull();
        assertThat(broker.log(OUT).next(0, false)).isNotNull();
        assertThatThrownBy(() -> broker.transactions.end("id", former, true))
                .isInstanceOf(ProducerFencedException.class);
    }

    /** As the client does, which asks until the former transaction is marked. */
    private int initialized() {
        while (true) {
            try {
                return broker.transactions.init("id", TIMEOUT);
            } catch (ConcurrentTransactionsException e) {
                fibers.sleep(20);
            }
        }
    }

    @Test
    void anEndAskedForTwiceIsAnsweredTwice() {
        checks.expect(new Origin(Plan.IN, 0, 0), new Input("key", Input.Kind.DECIDED, 1));
        int epoch = broker.transactions.init("id", TIMEOUT);
        produce(epoch);
        int after = broker.transactions.end("id", epoch, true);
        assertThat(broker.transactions.end("id", epoch, true)).isEqualTo(after).isEqualTo(epoch + 1);
        assertThatThrownBy(() -> broker.transactions.end("id", epoch, false))
                .isInstanceOf(ProducerFencedException.class);
        assertThat(checks.violation()).isNull();
    }

    @Test
    void aTransactionThatTakesTooLongIsAborted() {
        int epoch = broker.transactions.init("id", TIMEOUT);
        produce(epoch);
        fibers.sleep(TIMEOUT + SimBroker.ABORT_INTERVAL + 2_000);
        assertThat(broker.log(OUT).next(0, true)).isNull();
        assertThat(broker.log(OUT).stable()).isEqualTo(2);
        assertThatThrownBy(() -> broker.transactions.end("id", epoch, true))
                .isInstanceOf(ProducerFencedException.class);
    }

    @Test
    void offsetsInATransactionAreUnstableUntilItEnds() {
        SimConsumer consumer = member(null);
        int epoch = broker.transactions.init("id", TIMEOUT);
        broker.transactions.addOffsets("id", epoch, Map.of(IN, 0L), consumer.groupMetadata());
        assertThatThrownBy(() -> broker.group.offsets.fetch(IN, true))
                .isInstanceOf(UnstableOffsetCommitException.class);
        broker.transactions.end("id", epoch, true);
        fibers.sleep(1_000);
        assertThat(broker.group.offsets.fetch(IN, true)).isZero();
    }

    @Test
    void aTransactionsOffsetsAreTakenFromNobodyAndAnyOthersAreNot() {
        SimConsumer consumer = member(null);
        assertThatNoException().isThrownBy(() -> broker.group.validate(NOBODY, true));
        assertThatThrownBy(() -> broker.group.validate(NOBODY, false)).isInstanceOf(UnknownMemberIdException.class);
        ConsumerGroupMetadata before = consumer.groupMetadata();
        broker.group.rebalance();
        fibers.sleep(4_000);
        while (consumer.groupMetadata().generationId() == before.generationId()) {
            consumer.poll(Duration.ofMillis(100));
        }
        assertThatThrownBy(() -> broker.group.validate(before, true)).isInstanceOf(IllegalGenerationException.class);
    }

    @Test
    void aNamedMemberIsReplacedWithoutARebalance() {
        SimConsumer former = member("name");
        ConsumerGroupMetadata before = former.groupMetadata();
        SimConsumer next = member("name");
        assertThat(next.groupMetadata().generationId()).isEqualTo(before.generationId());
        assertThatThrownBy(() -> broker.group.validate(before, true)).isInstanceOf(FencedInstanceIdException.class);
        assertThatThrownBy(() -> former.poll(Duration.ofMillis(100))).isInstanceOf(FencedInstanceIdException.class);
    }

    @Test
    void whoIsSilentForASessionIsOut() {
        SimConsumer consumer = member(null);
        ConsumerGroupMetadata before = consumer.groupMetadata();
        process.pause(8_500);
        fibers.sleep(8_500);
        assertThatThrownBy(() -> broker.group.validate(before, true)).isInstanceOf(UnknownMemberIdException.class);
    }
}
