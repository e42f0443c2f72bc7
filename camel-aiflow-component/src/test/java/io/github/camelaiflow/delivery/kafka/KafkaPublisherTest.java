package io.github.camelaiflow.delivery.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelaiflow.delivery.outbox.PublishException;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Outbox.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {

    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final KafkaPublisher publisher = new KafkaPublisher(() -> {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    });

    private static Draft draft(String id) {
        Message message =
                new Message(new byte[] {1}, id.getBytes(UTF_8), List.of(new Message.Header("a", new byte[] {2})));
        return new Draft(id, "decisions", message);
    }

    @Test
    void aPublishingIsOneTransactionAndMessagesCarryTheirIds() throws Exception {
        assertThat(publisher.open()).isTrue();
        publisher.publish(List.of(draft("m1"), draft("m2")));
        assertThat(publisher.open()).isFalse();
        publisher.publish(List.of(draft("m3")));
        assertThat(producers).hasSize(1);
        assertThat(producers.get(0).commitCount()).isEqualTo(2);
        assertThat(producers.get(0).history()).hasSize(3).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo("decisions");
            assertThat(record.key()).containsExactly(1);
            assertThat(record.headers().lastHeader("a").value()).containsExactly(2);
            assertThat(record.headers().lastHeader(KafkaPublisher.MESSAGE_ID).value())
                    .isEqualTo(record.value());
        });
    }

    @Test
    void afterAFailureTheProducerIsMadeAnew() throws Exception {
        publisher.open();
        publisher.publish(List.of(draft("m1")));
        producers.get(0).fenceProducer();
        assertThatThrownBy(() -> publisher.publish(List.of(draft("m2")))).isInstanceOf(ProducerFencedException.class);
        assertThat(producers.get(0).closed()).isTrue();
        assertThatThrownBy(() -> publisher.publish(List.of(draft("m2"))))
                .as("fenced: it must not fence its successor in its turn, unasked")
                .isInstanceOf(IllegalStateException.class);
        assertThat(publisher.open()).isTrue();
        publisher.publish(List.of(draft("m2")));
        assertThat(producers.get(1).history()).hasSize(1);
        publisher.close();
        assertThat(producers.get(1).closed()).isTrue();
    }

    @Test
    void whatABrokerWillNeverTakeIsNamed() {
        KafkaPublisher refusing = new KafkaPublisher(() -> {
            MockProducer<byte[], byte[]> producer =
                    new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                        private int sent;

                        @Override
                        public synchronized Future<RecordMetadata> send(
                                ProducerRecord<byte[], byte[]> record, Callback callback) {
                            var future = super.send(record, callback);
                            if (sent++ == 1) {
                                errorNext(new RecordTooLargeException("too large"));
                            } else {
                                completeNext();
                            }
                            return future;
                        }
                    };
            producers.add(producer);
            return producer;
        });
        refusing.open();
        PublishException refused = catchThrowableOfType(
                PublishException.class, () -> refusing.publish(List.of(draft("m1"), draft("m2"), draft("m3"))));
        assertThat(refused.refused()).isEqualTo(Map.of(1, "RECORD_TOO_LARGE"));
        assertThat(producers.get(0).history()).isEmpty();
    }

    /** One whose second message fails at once, and all behind it as those of a transaction that is lost. */
    private KafkaPublisher failing(RuntimeException second) {
        return new KafkaPublisher(() -> {
            MockProducer<byte[], byte[]> producer =
                    new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                        private int sent;

                        @Override
                        public synchronized Future<RecordMetadata> send(
                                ProducerRecord<byte[], byte[]> record, Callback callback) {
                            if (++sent > 2) {
                                throw new KafkaException("in an error state");
                            }
                            var future = super.send(record, callback);
                            if (sent == 2) {
                                completeNext();
                                errorNext(second);
                            }
                            return future;
                        }
                    };
            producers.add(producer);
            return producer;
        });
    }

    @Test
    void whatABrokerWillNeverTakeIsNamedThoughTheTransactionIsLostByIt() {
        KafkaPublisher refusing = failing(new RecordTooLargeException("too large"));
        refusing.open();

        PublishException refused = catchThrowableOfType(
                PublishException.class,
                () -> refusing.publish(List.of(draft("m1"), draft("m2"), draft("m3"), draft("m4"))));

        assertThat(refused.refused()).isEqualTo(Map.of(1, "RECORD_TOO_LARGE"));
    }

    @Test
    void noneWaitsBehindATopicThatIsMissing() {
        KafkaPublisher missing = failing(new TimeoutException("topic not present"));
        missing.open();

        assertThatThrownBy(() -> missing.publish(List.of(draft("m1"), draft("m2"), draft("m3"))))
                .isInstanceOf(TimeoutException.class);
    }
}
