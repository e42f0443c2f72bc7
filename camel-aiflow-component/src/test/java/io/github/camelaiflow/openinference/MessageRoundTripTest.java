package io.github.camelaiflow.openinference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back equal, and whatever the bytes, reading ends in a message or the one exception. */
class MessageRoundTripTest {

    private static final int MESSAGES = 2000;

    private final MessageCodec codec = new MessageCodec(Limits.DEFAULT);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void requests(boolean binary) {
        RandomMessages random = new RandomMessages(1);
        for (int i = 0; i < MESSAGES; i++) {
            InferRequest request = random.request(false);
            EncodedMessage message = codec.encode(request, binary);
            assertThat(codec.readRequest(message.body(), message.jsonLengthHeader()))
                    .isEqualTo(request);
        }
    }

    @Test
    void responses() {
        RandomMessages random = new RandomMessages(2);
        InferRequest all = InferRequest.of(null, java.util.List.of());
        for (int i = 0; i < MESSAGES; i++) {
            InferResponse response = random.response(true);
            EncodedMessage json = codec.encode(response, all);
            assertThat(json.jsonLength()).isEqualTo(-1);
            assertThat(codec.readResponse(json.body(), null)).isEqualTo(response);
            InferResponse any = random.response(false);
            EncodedMessage binary = codec.encode(any, all.withBinaryOutputs());
            assertThat(codec.readResponse(binary.body(), binary.jsonLengthHeader()))
                    .isEqualTo(any);
        }
    }

    @Test
    void nestedArraysAndBack() {
        RandomMessages random = new RandomMessages(3);
        for (int i = 0; i < MESSAGES; i++) {
            Tensor tensor = random.tensor("x", true);
            boolean ownType = !tensor.datatype().unsigned();
            if (ownType && !tensor.shape().isEmpty() && tensor.elements() > 0) {
                assertThat(Tensor.ofArray("x", tensor.nested()))
                        .isEqualTo(Tensor.of("x", tensor.datatype(), tensor.shape(), tensor.data()));
            }
        }
    }

    @Test
    void damagedMessagesAreReadOrRefused() {
        RandomMessages random = new RandomMessages(4);
        java.util.Random damage = new java.util.Random(5);
        int refused = 0;
        for (int i = 0; i < 10 * MESSAGES; i++) {
            EncodedMessage message = codec.encode(random.request(false), i % 2 == 0);
            byte[] body = message.body().clone();
            String header = message.jsonLengthHeader();
            switch (i % 5) {
                case 0 -> body = java.util.Arrays.copyOf(body, damage.nextInt(body.length));
                case 1 -> header = String.valueOf(damage.nextInt(body.length + 10));
                default -> {
                    for (int flips = 1 + damage.nextInt(4); flips > 0; flips--) {
                        body[damage.nextInt(body.length)] ^= (byte) (1 << damage.nextInt(8));
                    }
                }
            }
            refused += refused(body, header) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(MESSAGES);
    }

    private boolean refused(byte[] body, String header) {
        int refusals = 0;
        for (Runnable reading : new Runnable[] {
            () -> codec.readRequest(body, header),
            () -> codec.readResponse(body, header),
            () -> MetadataCodec.readModel(body),
            () -> MetadataCodec.readServer(body),
            () -> MetadataCodec.readError(body)
        }) {
            try {
                reading.run();
            } catch (ProtocolException e) {
                refusals++;
            }
        }
        return refusals > 0;
    }
}
