package io.github.camelaiflow.wire.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.delivery.StoredLetter;
import io.github.camelaiflow.store.DeadLetters.Found;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.store.DeadLetters.Summary;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.wire.DeadLetterException;
import io.github.camelaiflow.wire.InboundEdge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeAll;

/**
 * Whatever stands on a topic of dead letters, or comes to the desk. The bytes are a message: lines {@code name=value} of headers, an empty
 * line, the body.
 */
class DeadLettersFuzzTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CamelContext CONTEXT = new DefaultCamelContext();
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeAll
    static void start() {
        CONTEXT.start();
    }

    private static Exchange exchange(byte[] bytes, boolean text) {
        Exchange exchange = new DefaultExchange(CONTEXT);
        int at = 0;
        while (at < bytes.length) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String line = new String(bytes, at, end - at, UTF_8);
            at = end + 1;
            if (line.isEmpty()) {
                break;
            }
            int name = line.indexOf('=');
            if (name > 0) {
                String value = line.substring(name + 1);
                exchange.getMessage().setHeader(line.substring(0, name), text ? value : value.getBytes(UTF_8));
            }
        }
        exchange.getMessage().setBody(java.util.Arrays.copyOfRange(bytes, Math.min(at, bytes.length), bytes.length));
        return exchange;
    }

    @FuzzTest(maxDuration = "2m")
    void deadLetters(byte[] bytes) throws Exception {
        for (boolean text : new boolean[] {false, true}) {
            Exchange exchange = exchange(bytes, text);
            Letter letter = new LetterReader("claims").read(exchange, NOW);
            assertThat(letter.id()).matches("[A-Za-z0-9-]{1,64}");
            assertThat(letter.stage()).hasSizeBetween(1, 32);
            assertThat(letter.reason()).hasSizeBetween(1, 255);
            assertThat(letter.fields() == null ? "" : letter.fields()).hasSizeLessThanOrEqualTo(4_000);
            assertThat(StoredLetter.message(letter.message()).fits()).isTrue();
            assertThat(StoredLetter.message(withMuch(letter.message())).fits()).isTrue();
            assertThat(letter.topic() == null).isEqualTo(letter.offset() < 0);
            JSON.readTree(LetterJson.letter(new Found(summary(letter), letter.message()), List.of()));
            JSON.readTree(LetterJson.page(List.of(summary(letter)), 1, Map.of(State.NEW, 1L)));
            replays(letter);
        }
    }

    /** Its headers again and again, under longer names. */
    private static Message withMuch(Message message) {
        List<Message.Header> headers = new ArrayList<>(message.headers());
        for (int i = 0; i < 40; i++) {
            for (Message.Header header : message.headers()) {
                headers.add(new Message.Header(header.name() + "n".repeat(99 * i), header.value()));
            }
            headers.add(new Message.Header("aiflow-error-" + "n".repeat(99 * i), new byte[4_000]));
        }
        return new Message(message.key(), message.value(), headers);
    }

    private static Summary summary(Letter letter) {
        return new Summary(
                1,
                letter.id(),
                State.NEW,
                letter.stage(),
                letter.reason(),
                letter.fields(),
                letter.route(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.received(),
                letter.message().size(),
                null,
                letter.received(),
                null);
    }

    /** What is replayed steers nothing and no longer says that it is a dead letter. */
    private static void replays(Letter letter) throws Exception {
        Exchange replay = new DefaultExchange(CONTEXT);
        LetterMessages.restore(
                replay.getMessage(),
                letter.id(),
                letter.message(),
                letter.message().value());
        assertThat(replay.getMessage().getHeaders().keySet()).allSatisfy(name -> assertThat(name)
                .satisfiesAnyOf(
                        one -> assertThat(one).isEqualTo("kafka.KEY"), one -> assertThat(one.toLowerCase(Locale.ROOT))
                                .doesNotStartWith("camel")
                                .doesNotStartWith("org.apache.camel")
                                .doesNotStartWith("kafka.")
                                .doesNotStartWith("aiflow-error-")));
        new InboundEdge().process(replay);
        assertThat(replay.getMessage().getHeaders()).doesNotContainKey("kafka.KEY");
    }

    @FuzzTest(maxDuration = "2m")
    void deskRequests(byte[] bytes) {
        DeskRequest request = new DeskRequest(exchange(bytes, true));
        for (Callable<?> asked : List.<Callable<?>>of(
                request::id,
                request::criteria,
                request::narrowed,
                request::after,
                request::limit,
                request::actor,
                request::reason,
                request::sent,
                request::mended)) {
            try {
                asked.call();
            } catch (DeadLetterException e) {
                assertThat(e.getMessage()).doesNotContain("CANARY-7f3a");
            } catch (Exception e) {
                throw new AssertionError("another exception than the desk's", e);
            }
        }
    }
}
