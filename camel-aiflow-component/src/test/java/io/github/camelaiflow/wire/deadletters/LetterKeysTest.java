package io.github.camelaiflow.wire.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A replay has the key its record came with, through Camel's Kafka producer with the options that the app gives it. */
class LetterKeysTest {

    private static String replay() throws Exception {
        Properties app = new Properties();
        try (InputStream in =
                Files.newInputStream(Path.of("../quarkus-app/src/main/resources/application.properties"))) {
            app.load(in);
        }
        return app.getProperty("%kafka.claims.dead.replay").replace("${claims.topic.in}", "claims");
    }

    private byte[] replayed(byte[] key) throws Exception {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("clients", new DefaultKafkaClientFactory() {
                @Override
                @SuppressWarnings("rawtypes")
                public Producer getProducer(Properties settings) {
                    return producer;
                }
            });
            context.start();
            io.github.camelaiflow.store.Message kept =
                    new io.github.camelaiflow.store.Message(key, new byte[] {1}, List.of());
            Exchange sent = context.createProducerTemplate()
                    .send(
                            replay() + "&brokers=localhost:1&kafkaClientFactory=#clients",
                            exchange -> LetterMessages.restore(exchange.getMessage(), "l-1", kept, kept.value()));
            assertThat(sent.getException()).isNull();
        }
        return producer.history().get(0).key();
    }

    @Test
    void aKeyIsTheSameAfterAReplay() throws Exception {
        for (byte[] key :
                List.of(new byte[] {0, 0, 0, 7, (byte) 0xff, (byte) 0x80}, "zoë".getBytes(UTF_8), new byte[0])) {
            assertThat(replayed(key)).isEqualTo(key);
        }
    }

    @Test
    void aKeyOfBytesIsTakenAsItCame() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            byte[] key = {(byte) 0xff, 0};
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setHeader("kafka.KEY", key);
            exchange.getMessage().setBody("x");
            assertThat(LetterMessages.bytes(exchange.getMessage()).key()).isEqualTo(key);
        }
    }
}
